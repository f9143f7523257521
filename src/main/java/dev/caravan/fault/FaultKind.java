package dev.caravan.fault;

/** Families of faults: policies look at these, dashboards count the codes. */
public enum FaultKind {
    /** May pass by itself: time-outs, resets, 5xx, a locked database. */
    TRANSIENT,
    /** The other side asks to wait. */
    THROTTLED,
    /** Login or rights. */
    DENIED,
    /** One record cannot be taken as it is. */
    BAD_DATA,
    /** A person must change a setting or decide something. */
    CONFIGURATION,
    /** A defect of ours. */
    INTERNAL
}
