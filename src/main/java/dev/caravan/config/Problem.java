package dev.caravan.config;

/**
 * One mistake in the configuration.
 *
 * @param key the whole key; empty where the mistake belongs to none
 * @param where {@code line 7}, {@code environment variable CARAVAN_WORKERS}, {@code .env line 2}; empty if nowhere
 * @param line line in the properties file, from 1; 0 where the value does not come from it
 * @param what what is wrong and what is allowed; never a secret
 */
public record Problem(String key, String where, int line, String what) {
    /** As people read it: {@code line 7: caravan.workers: 'x' is not a whole number from 1 to 1000}. */
    @Override
    public String toString() {
        return (where.isEmpty() ? "" : where + ": ") + (key.isEmpty() ? "" : key + ": ") + what;
    }
}
