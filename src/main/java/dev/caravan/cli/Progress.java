package dev.caravan.cli;

/** Shows how a pass goes; closed before the result is printed. */
interface Progress extends SyncListener, AutoCloseable {
    /** Bars on a terminal, lines elsewhere, nothing with {@code --json} or {@code --quiet}. */
    static Progress of(Context context) {
        Output output = context.output();
        if (output.isJson() || output.isQuiet()) {
            return new SilentProgress();
        }
        Surroundings surroundings = context.surroundings();
        return surroundings.terminal()
                ? new ProgressBars(surroundings.err(), surroundings.colours())
                : new ProgressLines(surroundings.err(), surroundings.clock());
    }

    /** May be called again. */
    @Override
    void close();
}
