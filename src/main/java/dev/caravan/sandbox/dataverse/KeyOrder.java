package dev.caravan.sandbox.dataverse;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Numbered rows and others as one series, by key. */
final class KeyOrder implements Iterator<RowView> {
    private final TableStore table;
    private final Iterator<HeldRow> others;
    private int number;
    private @Nullable HeldRow other;

    KeyOrder(TableStore table, int number, Iterator<HeldRow> others) {
        this.table = table;
        this.number = number;
        this.others = others;
        other = others.hasNext() ? others.next() : null;
    }

    @Override
    public boolean hasNext() {
        return number < table.seeded() || other != null;
    }

    @Override
    public RowView next() {
        HeldRow held = other;
        if (number >= table.seeded() && held == null) {
            throw new NoSuchElementException();
        }
        if (held != null && (number >= table.seeded() || held.key().compareTo(table.key(number)) < 0)) {
            other = others.hasNext() ? others.next() : null;
            return held;
        }
        RowView row = table.numbered(number);
        number = table.nextThere(number + 1);
        return row;
    }
}
