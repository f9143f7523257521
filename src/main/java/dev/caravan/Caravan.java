package dev.caravan;

import dev.caravan.cli.CommandLines;

/** The program. */
public final class Caravan {
    private Caravan() {}

    /** Runs one verb and ends with its exit code. */
    public static void main(String[] arguments) {
        System.exit(CommandLines.run(arguments));
    }
}
