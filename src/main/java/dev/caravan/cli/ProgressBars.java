package dev.caravan.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One bar an entity. Safe for several threads. */
final class ProgressBars implements Progress {
    private final PrintWriter err;
    private final ProgressBarStyle style;
    private final Map<String, ProgressBar> bars = new HashMap<>();

    ProgressBars(PrintWriter err, boolean colours) {
        this.err = err;
        this.style = colours ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.UNICODE_BLOCK;
    }

    @Override
    public synchronized void began(String entity, OptionalLong rows) {
        bars.computeIfAbsent(
                entity,
                name -> new ProgressBarBuilder()
                        .setTaskName(name)
                        .setInitialMax(rows.orElse(-1))
                        .setUnit(" rows", 1)
                        .setStyle(style)
                        .setUpdateIntervalMillis(200)
                        .showSpeed()
                        .build());
    }

    @Override
    public synchronized void fetched(String entity, long rows) {
        ProgressBar bar = bars.get(entity);
        if (bar != null) {
            bar.maxHint(bar.getMax() >= 0 && rows > bar.getMax() ? rows : bar.getMax());
            bar.stepTo(rows);
        }
    }

    @Override
    public synchronized void ended(EntityOutcome outcome) {
        ProgressBar bar = bars.remove(outcome.entity());
        if (bar != null) {
            bar.maxHint(outcome.counts().fetched());
            bar.stepTo(outcome.counts().fetched());
            bar.setExtraMessage(" " + outcome.ending().text());
            bar.close();
        }
    }

    @Override
    public synchronized void note(String line) {
        err.println(line);
        err.flush();
    }

    @Override
    public synchronized void close() {
        bars.values().forEach(ProgressBar::close);
        bars.clear();
    }
}
