package dev.caravan.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Shows nothing while a pass goes, and keeps its notes for the document at its end. Safe for several threads. */
final class KeptNotes implements Progress {
    private final List<String> lines = new ArrayList<>();

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void began(String entity, OptionalLong rows) {}

    @Override
    public void fetched(String entity, long rows) {}

    @Override
    public void ended(EntityOutcome outcome) {}

    @Override
    public synchronized void note(String line) {
        lines.add(line);
    }

    @Override
    public void close() {}
}
