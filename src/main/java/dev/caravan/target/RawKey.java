package dev.caravan.target;

import dev.caravan.model.Row;

/** Tells apart keys as the source wrote them, though they may normalise to the same. Stateless. */
public final class RawKey {
    private RawKey() {}

    /** A number for a row's key before any stage; 1 where its table has no key. FNV-1a over the parts as text. */
    public static long of(Row row) {
        int[] keys = row.sourceColumns().keyIndexes();
        if (keys.length == 0) {
            return 1;
        }
        long hash = 0xcbf29ce484222325L;
        for (int key : keys) {
            Object part = row.raw()[key];
            hash = (hash ^ 0x1f) * 0x100000001b3L;
            String text = part == null ? "" : part.toString();
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
        }
        return hash;
    }
}
