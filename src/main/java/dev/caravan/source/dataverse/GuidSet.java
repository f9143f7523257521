package dev.caravan.source.dataverse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Ids in their order, 40 bytes each. Immutable. */
public final class GuidSet {
    private final UUID[] ids;

    private GuidSet(UUID[] ids) {
        this.ids = ids;
    }

    /** Of ids as text, in any order, each any number of times. */
    public static GuidSet of(List<UUID> ids) {
        return new GuidSet(ids.stream().distinct().sorted().toArray(UUID[]::new));
    }

    public int size() {
        return ids.length;
    }

    /** Whether the id is there; text that is none is not. */
    public boolean contains(String id) {
        try {
            return Arrays.binarySearch(ids, UUID.fromString(id)) >= 0;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /** Those of these that are not, or that are, in another set as well. */
    public GuidSet cut(GuidSet other, boolean common) {
        return new GuidSet(Arrays.stream(ids)
                .filter(id -> Arrays.binarySearch(other.ids, id) >= 0 == common)
                .toArray(UUID[]::new));
    }

    /** So many of them as text, from an index from 0. */
    public List<String> from(int index, int most) {
        List<String> some = new ArrayList<>(most);
        for (int i = index; i < Math.min(ids.length, index + most); i++) {
            some.add(ids[i].toString());
        }
        return some;
    }
}
