package dev.caravan.config;

import java.util.Objects;

/** A value that never appears in output. */
public record Secret(String value) {
    public Secret {
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return "****";
    }
}
