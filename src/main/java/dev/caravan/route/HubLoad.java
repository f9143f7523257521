package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.Page;
import dev.caravan.model.Row;
import dev.caravan.store.SentRepository;
import dev.caravan.target.Load;
import dev.caravan.target.RawKey;
import dev.caravan.target.Unseen;
import dev.caravan.target.schedulehub.HubBatch;
import dev.caravan.target.schedulehub.HubWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one run on their way to ScheduleHub. Used by one thread at a time. */
final class HubLoad implements Load {
    private final RunPlan plan;
    private final ConnectorSettings hub;
    private final Map<String, HubWork.Sent> sent = new HashMap<>();
    private @Nullable HubWork work;
    private boolean oneByOne;
    private boolean first;
    private String lastGone = "";
    private Map<String, String> going = Map.of();

    HubLoad(RunPlan plan, ConnectorSettings hub) {
        this.plan = plan;
        this.hub = hub;
        this.first = plan.entity().firstLoad();
    }

    private String entity() {
        return plan.entity().uid();
    }

    private SentRepository records() {
        return plan.stores().sent();
    }

    /** Takes pages, anew or again. */
    void begin(List<Page> pages) {
        work = new HubWork(pages, plan.feed().byVersion(), sent);
    }

    HubWork work() {
        HubWork begun = work;
        if (begun == null) {
            throw new IllegalStateException("No pages of " + plan.entity().name() + " are being sent");
        }
        return begun;
    }

    /** Sends each record alone until the pages at hand are stored. */
    void oneByOne() {
        oneByOne = true;
    }

    List<HubRequest> lookUps(List<String> keys) {
        List<HubRequest> requests = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += hub.pageSize()) {
            List<String> some = List.copyOf(keys.subList(from, Math.min(keys.size(), from + hub.pageSize())));
            requests.add(new HubRequest(HubRequest.Verb.LOOK_UP, hub.name(), plan.run(), some, null));
        }
        return requests;
    }

    void decide() {
        work().decide(records().seen(entity(), plan.run(), work().keys()));
    }

    List<HubRequest> sends() {
        List<HubRequest> requests = new ArrayList<>();
        for (HubBatch batch : work().batches(oneByOne ? 1 : hub.pageSize())) {
            requests.add(new HubRequest(HubRequest.Verb.SEND, hub.name(), plan.run(), List.of(), batch));
        }
        return requests;
    }

    /** Notes what is held now, in the transaction that counts it. */
    void note(List<Page> pages) {
        List<SentRepository.Sent> held = new ArrayList<>();
        work().stored().forEach(row -> held.add(record(row)));
        work().kept().forEach(row -> held.add(record(row)));
        records().note(entity(), plan.run(), held);
        records().noteSeen(entity(), plan.run(), work().refused());
        for (Page page : pages) {
            records().letGo(entity(), page.gone());
        }
    }

    private static SentRepository.Sent record(Row row) {
        @Nullable Object[] values = row.normalisedValues() == null ? row.raw() : row.normalisedValues();
        List<String> key = new ArrayList<>();
        for (int index : row.sourceColumns().keyIndexes()) {
            key.add(String.valueOf(values[index]));
        }
        return new SentRepository.Sent(String.valueOf(row.keyHash()), key, RawKey.of(row), row.rowVersion());
    }

    /** The pages are stored and counted. */
    void landed() {
        work = null;
        sent.clear();
        oneByOne = false;
    }

    boolean isFirst() {
        return first;
    }

    void finishFirst() {
        first = false;
    }

    /** The next records that are to go from ScheduleHub, by our uid of them; empty once there are none. */
    Map<String, String> going() {
        going = new LinkedHashMap<>(records().going(entity(), lastGone, hub.pageSize()));
        return going;
    }

    /** Goes on behind the records at hand, whatever became of them. */
    List<String> gone(List<String> kept) {
        List<String> keys = new ArrayList<>(going.values());
        keys.removeAll(kept);
        going.keySet().forEach(uid -> lastGone = uid);
        going = Map.of();
        return keys;
    }

    List<String> goingKeys() {
        return List.copyOf(going.values());
    }

    HubRequest deletion(List<String> uids) {
        return new HubRequest(HubRequest.Verb.DELETE, hub.name(), plan.run(), uids, null);
    }

    @Override
    public boolean sawRepeated() {
        return false;
    }

    @Override
    public @Nullable String versionBelow(String version) {
        return records().versionBelow(entity(), version);
    }

    @Override
    public Unseen unseen() {
        return new Unsent();
    }

    @Override
    public long liveRows() {
        return records().live(entity());
    }

    /** Each record notes when it was seen. */
    @Override
    public void keepSeen() {}

    @Override
    public void forget() {
        landed();
    }

    /** Rows that are held and that the pass did not see; they go from ScheduleHub after they are marked here. */
    private final class Unsent implements Unseen {
        @Override
        public long count() {
            return records().unseen(entity(), plan.run(), plan.feed().passBegan());
        }

        @Override
        public long liveRows() {
            return records().live(entity());
        }

        @Override
        public Map<String, List<String>> keys(int most) {
            return records().unseenKeys(entity(), plan.run(), plan.feed().passBegan(), most);
        }

        @Override
        public int markAll() {
            records().letUnseenGo(entity(), plan.run(), plan.feed().passBegan());
            return 0;
        }

        @Override
        public int mark(List<String> keyHashes) {
            records().letGo(entity(), keyHashes);
            return 0;
        }
    }
}
