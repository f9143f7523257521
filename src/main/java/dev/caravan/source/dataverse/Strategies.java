package dev.caravan.source.dataverse;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Columns;
import dev.caravan.model.Strategy;

/** Which rows of a table are asked for again: the cheapest way that is correct. Stateless. */
public final class Strategies {
    private Strategies() {}

    /**
     * What decides.
     *
     * @param tracked whether the table tracks changes; false where that is not known
     * @param filtered whether its rows are asked for with a condition, which tracking refuses
     * @param version whether its rows have a version
     * @param modified whether it tells when a row was changed
     */
    public record Facts(boolean tracked, boolean filtered, boolean version, boolean modified) {
        /** The facts of a layout. */
        public static Facts of(Columns columns, boolean tracked, boolean filtered) {
            return new Facts(
                    tracked, filtered, columns.indexOf("versionnumber") >= 0, columns.indexOf("modifiedon") >= 0);
        }
    }

    /**
     * A choice.
     *
     * @param reason for people
     */
    public record Choice(Strategy strategy, String reason) {}

    /**
     * Chooses for a table.
     *
     * @param wanted as the settings say: {@code auto}, {@code track}, {@code version}, {@code modified}, {@code full}
     * @throws CaravanException STRATEGY_IMPOSSIBLE if the table does not have what was asked for
     */
    public static Choice choose(String table, String wanted, Facts facts) {
        return switch (wanted) {
            case "track" -> {
                require(table, wanted, !facts.filtered, "it has a filter, which change tracking refuses");
                require(table, wanted, facts.tracked, "its changes are not tracked, or that may not be read");
                yield new Choice(Strategy.TRACK, "as configured");
            }
            case "version" -> {
                require(table, wanted, facts.version, "it has no versionnumber");
                yield new Choice(Strategy.VERSION, "as configured");
            }
            case "modified" -> {
                require(table, wanted, facts.modified, "it has no modifiedon");
                yield new Choice(Strategy.MODIFIED, "as configured");
            }
            case "full" -> new Choice(Strategy.FULL, "as configured");
            default -> automatic(facts);
        };
    }

    /** Why a table has the strategy that was chosen for it, for people. */
    public static String explain(Strategy chosen, String wanted, boolean filtered) {
        if (!wanted.equals("auto")) {
            return "the configuration says so";
        }
        String why = filtered ? "change tracking takes no filter" : "its changes are not tracked";
        return switch (chosen) {
            case TRACK -> "its changes are tracked";
            case VERSION -> why + ", it has versionnumber";
            case MODIFIED -> why + ", it has no versionnumber, but modifiedon";
            default -> why + ", it has neither versionnumber nor modifiedon";
        };
    }

    private static void require(String table, String wanted, boolean met, String why) {
        if (!met) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "STRATEGY_IMPOSSIBLE",
                    table + " cannot be synced with strategy = " + wanted + ": " + why + "; use auto");
        }
    }

    private static Choice automatic(Facts facts) {
        if (facts.tracked && !facts.filtered) {
            return new Choice(Strategy.TRACK, "changes are tracked");
        }
        String why = facts.tracked ? "tracking takes no filter" : "changes are not tracked";
        if (facts.version) {
            return new Choice(Strategy.VERSION, why + "; it has versionnumber");
        }
        if (facts.modified) {
            return new Choice(Strategy.MODIFIED, why + ", no versionnumber; it has modifiedon");
        }
        return new Choice(Strategy.FULL, why + ", neither versionnumber nor modifiedon");
    }
}
