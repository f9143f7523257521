package dev.caravan.cli;

import java.util.OptionalLong;

/** Shows nothing. */
final class SilentProgress implements Progress {
    @Override
    public void began(String entity, OptionalLong rows) {}

    @Override
    public void fetched(String entity, long rows) {}

    @Override
    public void ended(EntityOutcome outcome) {}

    @Override
    public void note(String line) {}

    @Override
    public void close() {}
}
