package dev.caravan.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The records of one entity of ScheduleHub, in the order in which they came. It does not mind two records of one
 * business key, so that a client that sends one twice is seen. Thread-safe.
 */
final class HubRecords {
    private final Map<String, Map<String, @Nullable Object>> byUid = new LinkedHashMap<>();
    private final List<Rule> rules = new ArrayList<>();

    /** What is refused, and with which words. */
    private record Rule(Predicate<Map<String, @Nullable Object>> which, String error) {}

    synchronized void refuse(Predicate<Map<String, @Nullable Object>> which, String error) {
        rules.add(new Rule(which, error));
    }

    synchronized void refuseNothing() {
        rules.clear();
    }

    synchronized List<Map<String, @Nullable Object>> all() {
        List<Map<String, @Nullable Object>> copies = new ArrayList<>();
        byUid.values().forEach(record -> copies.add(new LinkedHashMap<>(record)));
        return copies;
    }

    /** The uid of a record that is stored now, or the words with which it was refused. */
    synchronized Outcome insert(Map<String, @Nullable Object> record) {
        if (String.valueOf(record.get("bk_hash")).length() != 32) {
            return new Outcome(null, "bk_hash is missing");
        }
        Optional<String> refusal = refusal(record);
        if (refusal.isPresent()) {
            return new Outcome(null, refusal.get());
        }
        String uid = UUID.randomUUID().toString();
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put("uid", uid);
        kept.putAll(record);
        kept.put("uid", uid);
        byUid.put(uid, kept);
        return new Outcome(uid, null);
    }

    synchronized Outcome update(String uid, Map<String, @Nullable Object> record) {
        if (!byUid.containsKey(uid)) {
            return new Outcome(null, "Record " + uid + " not found");
        }
        Optional<String> refusal = refusal(record);
        if (refusal.isPresent()) {
            return new Outcome(null, refusal.get());
        }
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(record);
        kept.put("uid", uid);
        byUid.put(uid, kept);
        return new Outcome(uid, null);
    }

    synchronized Outcome delete(String uid) {
        Map<String, @Nullable Object> record = byUid.get(uid);
        if (record == null) {
            return new Outcome(null, "Record " + uid + " not found");
        }
        Optional<String> refusal = refusal(record);
        if (refusal.isPresent()) {
            return new Outcome(null, refusal.get());
        }
        byUid.remove(uid);
        return new Outcome(uid, null);
    }

    synchronized Optional<Map<String, @Nullable Object>> byUid(String uid) {
        return Optional.ofNullable(byUid.get(uid)).map(LinkedHashMap::new);
    }

    synchronized Optional<Map<String, @Nullable Object>> byHash(String hash) {
        return byUid.values().stream()
                .filter(record -> hash.equals(record.get("bk_hash")))
                .findFirst()
                .map(LinkedHashMap::new);
    }

    /** Identity, hashes and version of the records with these business-key hashes. */
    synchronized List<Map<String, @Nullable Object>> states(List<?> hashes) {
        Map<Object, Map<String, @Nullable Object>> found = new LinkedHashMap<>();
        byUid.values().forEach(record -> {
            Object hash = record.get("bk_hash");
            if (hash != null) {
                found.putIfAbsent(hash, record);
            }
        });
        List<Map<String, @Nullable Object>> states = new ArrayList<>();
        for (Object hash : hashes) {
            Map<String, @Nullable Object> record = found.get(hash);
            if (record != null) {
                Map<String, @Nullable Object> state = new LinkedHashMap<>();
                for (String field : List.of("uid", "bk_hash", "data_hash", "rowversion")) {
                    state.put(field, record.get(field));
                }
                states.add(state);
            }
        }
        return states;
    }

    private Optional<String> refusal(Map<String, @Nullable Object> record) {
        return rules.stream()
                .filter(rule -> rule.which().test(record))
                .map(Rule::error)
                .findFirst();
    }

    /** What became of one record: one of both is null. */
    record Outcome(@Nullable String uid, @Nullable String error) {}
}
