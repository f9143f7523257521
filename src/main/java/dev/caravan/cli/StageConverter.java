package dev.caravan.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a stage that refuses records, in upper case. Stateless. */
final class StageConverter implements ITypeConverter<String> {
    private static final List<String> STAGES =
            List.of("FETCH", "NORMALISE", "MAP", "VALIDATE", "IDENTITY", "DELTA", "RESOLVE", "INGEST");

    @Override
    public String convert(String text) {
        return known(text, "stage", STAGES);
    }

    /** The family of what went wrong with a record, in upper case. Stateless. */
    static final class OfType implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return known(text, "type", List.of("BAD_DATA", "INTERNAL"));
        }
    }

    private static String known(String text, String what, List<String> all) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (!all.contains(upper)) {
            throw new TypeConversionException("'" + text + "' is no " + what + "; there is " + String.join(", ", all));
        }
        return upper;
    }
}
