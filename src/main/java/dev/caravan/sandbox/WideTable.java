package dev.caravan.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Any number of generated rows that take no memory but for what was changed. They lie in the order of their key, so
 * that {@code order_by} changes nothing; a look-up works by the whole key only. Thread-safe.
 */
final class WideTable implements RowSource {
    private final SandboxApi api;
    private final long seed;
    private final Supplier<String> clock;
    private final Random random;
    private final Map<Integer, Change> changes = new HashMap<>();
    private final BitSet deleted = new BitSet();
    private int count;
    private @Nullable Selection selection;

    /** What happened to a row since it was generated. */
    private record Change(int revision, long version) {}

    /** The rows that a query finds, by index; all, in their order, where nothing was deleted or asked. */
    private record Selection(@Nullable String after, int size, IntUnaryOperator index) {}

    WideTable(String slug, int count, long seed, Supplier<String> clock) {
        SandboxApi wide = WideRow.API;
        this.api = new SandboxApi(
                slug, wide.name(), wide.description(), wide.columns(), wide.businessKeyColumns(), wide.deltaStrategy());
        this.count = count;
        this.seed = seed;
        this.clock = clock;
        this.random = new Random(seed);
    }

    @Override
    public SandboxApi api() {
        return api;
    }

    @Override
    public synchronized List<SandboxRow> rows() {
        Selection all = selected(null);
        Map<Integer, Change> then = Map.copyOf(changes);
        return new AbstractList<>() {
            @Override
            public SandboxRow get(int position) {
                return row(all.index().applyAsInt(position), then).row();
            }

            @Override
            public int size() {
                return all.size();
            }
        };
    }

    @Override
    public synchronized ByteBuffer page(DataQuery query, SandboxOptions options) {
        Selection found = found(query);
        int from = (int) Math.min(query.first(), found.size());
        int to = (int) Math.min((long) from + query.pageSize(), found.size());
        byte[] tail = PageText.tail(query, options, found.size()).getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[PageText.HEAD.length() + (to - from) * (WideTemplate.longest() + 1) + tail.length];
        byte[] head = PageText.HEAD.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, out, 0, head.length);
        int at = head.length;
        for (int position = from; position < to; position++) {
            if (position > from) {
                out[at++] = ',';
            }
            at = WideTemplate.write(row(found.index().applyAsInt(position), changes), out, at);
        }
        System.arraycopy(tail, 0, out, at, tail.length);
        return ByteBuffer.wrap(out, 0, at + tail.length);
    }

    @Override
    public synchronized void insertSome(int more) {
        long version = now();
        for (int i = 0; i < more; i++) {
            changes.put(count, new Change(0, version));
            count++;
        }
        selection = null;
    }

    @Override
    public synchronized void updateSome(int some) {
        long version = now();
        picked(some).forEach(index -> {
            Change before = changes.get(index);
            changes.put(index, new Change(before == null ? 1 : before.revision() + 1, version));
        });
        selection = null;
    }

    @Override
    public synchronized void deleteSome(int some) {
        picked(some).forEach(deleted::set);
        selection = null;
    }

    private IntStream picked(int some) {
        int live = count - deleted.cardinality();
        int[] indexes = random.ints(0, Math.max(1, count))
                .filter(index -> !deleted.get(index))
                .distinct()
                .limit(Math.min(some, live))
                .toArray();
        return IntStream.of(indexes);
    }

    private Selection found(DataQuery query) {
        Integer keyed = keyed(query.conditions());
        if (keyed == null) {
            return selected(query.rowversionGreaterThan());
        }
        boolean there = keyed >= 0 && keyed < count && !deleted.get(keyed);
        return new Selection(null, there ? 1 : 0, position -> keyed);
    }

    private Selection selected(@Nullable String after) {
        if (after == null && deleted.isEmpty()) {
            return new Selection(null, count, IntUnaryOperator.identity());
        }
        Selection known = selection;
        if (known != null && Objects.equals(known.after(), after)) {
            return known;
        }
        int[] indexes = IntStream.range(0, count)
                .filter(index -> !deleted.get(index) && (after == null || isAbove(index, after)))
                .toArray();
        Selection fresh = new Selection(after, indexes.length, position -> indexes[position]);
        selection = fresh;
        return fresh;
    }

    private boolean isAbove(int index, String after) {
        Change change = changes.get(index);
        return Long.toString(change == null ? WideRow.firstVersion(index) : change.version())
                        .compareTo(after)
                > 0;
    }

    private WideRow row(int index, Map<Integer, Change> then) {
        Change change = then.isEmpty() ? null : then.get(index);
        if (change == null) {
            return WideRow.of(index, 0, WideRow.firstVersion(index), seed);
        }
        return WideRow.of(index, change.revision(), change.version(), seed);
    }

    /** Index of the row with the key asked for, -1 for one that cannot be; null where no key is asked for. */
    private static @Nullable Integer keyed(Map<String, String> conditions) {
        String order = conditions.get("ORDER_NO");
        String line = conditions.get("LINE_NO");
        if (order == null || line == null) {
            return null;
        }
        if (!order.matches("[1-9][0-9]{7}") || !line.matches("[1-8]")) {
            return -1;
        }
        return (Integer.parseInt(order) - WideRow.FIRST_ORDER) * WideRow.LINES_PER_ORDER + Integer.parseInt(line) - 1;
    }

    private long now() {
        return Long.parseLong(clock.get());
    }
}
