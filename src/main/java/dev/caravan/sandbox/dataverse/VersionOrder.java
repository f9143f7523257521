package dev.caravan.sandbox.dataverse;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Numbered rows nobody has changed, then the others, by version. */
final class VersionOrder implements Iterator<RowView> {
    private final TableStore table;
    private final Iterator<HeldRow> others;
    private int number;

    VersionOrder(TableStore table, int number, Iterator<HeldRow> others) {
        this.table = table;
        this.others = others;
        this.number = number - 1;
        advance();
    }

    @Override
    public boolean hasNext() {
        return number < table.seeded() || others.hasNext();
    }

    @Override
    public RowView next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (number >= table.seeded()) {
            return others.next();
        }
        RowView row = table.numbered(number);
        advance();
        return row;
    }

    private void advance() {
        number++;
        while (number < table.seeded() && (table.isGone(number) || table.isHeld(number))) {
            number++;
        }
    }
}
