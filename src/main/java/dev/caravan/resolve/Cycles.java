package dev.caravan.resolve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records that wait for one another in a ring: none of them can ever be stored as they are. Stateless. */
public final class Cycles {
    private Cycles() {}

    /**
     * All that belong to a ring; not those that only wait for one of its members.
     *
     * @param waitsFor for whom each record waits; a record that is not in it waits for nobody
     */
    public static Set<RecordKey> members(Map<RecordKey, RecordKey> waitsFor) {
        Set<RecordKey> members = new LinkedHashSet<>();
        Set<RecordKey> done = new HashSet<>();
        for (RecordKey start : waitsFor.keySet()) {
            List<RecordKey> path = new ArrayList<>();
            Set<RecordKey> here = new HashSet<>();
            RecordKey at = start;
            while (at != null && !done.contains(at) && here.add(at)) {
                path.add(at);
                at = waitsFor.get(at);
            }
            if (at != null && here.contains(at)) {
                members.addAll(path.subList(path.indexOf(at), path.size()));
            }
            done.addAll(path);
        }
        return members;
    }

    /** The ring from one of its members on, which is there once. */
    public static List<RecordKey> ring(RecordKey member, Map<RecordKey, RecordKey> waitsFor) {
        List<RecordKey> ring = new ArrayList<>(List.of(member));
        RecordKey next = waitsFor.get(member);
        while (next != null && !next.equals(member)) {
            ring.add(next);
            next = waitsFor.get(next);
        }
        return ring;
    }
}
