package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import dev.caravan.model.Page;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run over records that are kept here instead of a source. It moves no cursor and calls nothing deleted.
 *
 * <p>Made anew for each run. The fetching thread moves it; other threads only look.
 */
abstract class RetryFeed implements Feed {
    /** What the raw form of a record weighs in memory, as a multiple of its text. */
    static final int WEIGHT = 3;

    static final int PAGE = 500;

    /** The next records as a page. */
    abstract Page next(RunPlan plan);

    @Override
    public boolean movesCursors() {
        return false;
    }

    @Override
    public String runType() {
        return "retry";
    }

    @Override
    public @Nullable String cursorStart() {
        return null;
    }

    @Override
    public String checkpointType() {
        return "PAGE";
    }

    @Override
    public boolean byVersion() {
        return false;
    }

    @Override
    public boolean another(RunPlan plan) {
        return false;
    }

    @Override
    public boolean mend(CaravanException refusal) {
        return false;
    }

    @Override
    public boolean showsAll() {
        return false;
    }

    @Override
    public boolean showsGone(RunPlan plan) {
        return false;
    }

    @Override
    public boolean isSuspicious() {
        return false;
    }

    @Override
    public int mostLookUps() {
        return 0;
    }

    @Override
    public List<SourceRequest> lookUps(RunPlan plan, Map<String, List<String>> keys) {
        return List.of();
    }

    @Override
    public boolean sawFull() {
        return false;
    }

    @Override
    public void close(RunPlan plan, long live) {}
}
