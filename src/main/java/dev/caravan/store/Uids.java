package dev.caravan.store;

import com.github.f4b6a3.uuid.UuidCreator;

/** New identities: UUID version 7, in the order of time. Safe for several threads. */
public final class Uids {
    private Uids() {}

    /** One that was never used. */
    public static String next() {
        return UuidCreator.getTimeOrderedEpochPlus1().toString();
    }
}
