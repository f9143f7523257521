package dev.caravan.source.apismith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stood, as it is remembered.
 *
 * @param full whether all rows are listed
 * @param above row version the listing began above; null for all rows
 * @param page number of the page to ask for next
 * @param pageSize rows a page
 */
public record Checkpoint(boolean full, @Nullable String above, int page, int pageSize) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The place after a listing's last answer. */
    public static Checkpoint of(Listing listing) {
        return new Checkpoint(
                listing.full(), listing.above(), listing.looksAhead() ? 1 : listing.page(), listing.pageSize());
    }

    /** As JSON. */
    public String text() {
        return JSON.createObjectNode()
                .put("full", full)
                .put("above", above)
                .put("page", page)
                .put("page_size", pageSize)
                .toString();
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws CaravanException STATE_REFUSED if it is something else
     */
    public static Checkpoint parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node.path("full").isBoolean() && isCount(node.path("page")) && isCount(node.path("page_size"))) {
                String above =
                        node.path("above").isTextual() ? node.path("above").asText() : null;
                return new Checkpoint(
                        node.path("full").asBoolean(),
                        above,
                        node.path("page").asInt(),
                        node.path("page_size").asInt());
            }
        } catch (IOException unreadable) {
            throw refused(unreadable);
        }
        throw refused(null);
    }

    private static boolean isCount(JsonNode number) {
        return number.isInt() && number.asInt() > 0;
    }

    private static CaravanException refused(@Nullable Throwable cause) {
        return new CaravanException(
                FaultKind.CONFIGURATION,
                "STATE_REFUSED",
                "The remembered checkpoint cannot be read; 'caravan cursors reset' begins anew",
                cause);
    }
}
