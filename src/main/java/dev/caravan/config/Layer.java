package dev.caravan.config;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What may be done with the values of an ERP on their way; each can be left out. */
public enum Layer {
    /** Columns have the types that the source declares; without it all are texts. */
    TYPES,
    /** Texts are trimmed and cleaned. */
    TEXTS,
    /** Numbers may be written as people write them; without it only as programs do. */
    NUMBERS,
    /** Dates and times may be written as people write them; without it only by ISO 8601. */
    DATES;

    /** All of them; unmodifiable. */
    public static final Set<Layer> ALL = Set.copyOf(EnumSet.allOf(Layer.class));

    /** As it is written in the configuration. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words, in order. */
    static List<String> words() {
        return List.of(values()).stream().map(Layer::word).toList();
    }
}
