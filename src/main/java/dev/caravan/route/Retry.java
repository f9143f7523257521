package dev.caravan.route;

/** Records of one entity that came before and are to go through the stages once more. */
sealed interface Retry permits Replay, Awaited {
    /** Connector and slug. */
    String entity();
}
