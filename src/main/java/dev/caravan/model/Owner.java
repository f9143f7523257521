package dev.caravan.model;

import java.time.Instant;

/**
 * A process that holds a lock.
 *
 * @param start when the process began, so that a reused process id is told apart
 */
public record Owner(String host, long pid, Instant start) {}
