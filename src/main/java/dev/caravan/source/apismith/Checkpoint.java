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
 * @param place which record the page before that began with, as a hash of its key; null if that is not known
 * @param total how many rows there were when the listing began; -1 if the source did not say
 * @param versioned whether every record brought a row version
 * @param highest highest row version so far; null for none
 * @param highestAtStart highest row version when the listing began; null for none
 * @param round which listing of its run it is in, from 0
 */
public record Checkpoint(
        boolean full,
        @Nullable String above,
        int page,
        int pageSize,
        @Nullable Integer place,
        long total,
        boolean versioned,
        @Nullable String highest,
        @Nullable String highestAtStart,
        int round) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A place of which no more is known. */
    Checkpoint(boolean full, @Nullable String above, int page, int pageSize) {
        this(full, above, page, pageSize, null, -1, true, null, null, 0);
    }

    /** Whether another run can go on there without listing everything once more. */
    public boolean isKnownPlace() {
        return place != null && page > 2;
    }

    /** The place after a listing's last answer. */
    public static Checkpoint of(Listing listing) {
        return new Checkpoint(
                listing.full(),
                listing.above(),
                listing.looksAhead() ? 1 : listing.page(),
                listing.pageSize(),
                listing.shaken() || listing.looksAhead() ? null : listing.place(),
                listing.total(),
                listing.versioned(),
                listing.highest(),
                listing.highestAtStart(),
                listing.round());
    }

    /** As JSON. */
    public String text() {
        return JSON.createObjectNode()
                .put("full", full)
                .put("above", above)
                .put("page", page)
                .put("page_size", pageSize)
                .put("place", place)
                .put("total", total)
                .put("versioned", versioned)
                .put("highest", highest)
                .put("highest_at_start", highestAtStart)
                .put("round", round)
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
                JsonNode place = node.path("place");
                return new Checkpoint(
                        node.path("full").asBoolean(),
                        text(node.path("above")),
                        node.path("page").asInt(),
                        node.path("page_size").asInt(),
                        place.isInt() ? place.asInt() : null,
                        node.path("total").asLong(-1),
                        node.path("versioned").asBoolean(true),
                        text(node.path("highest")),
                        text(node.path("highest_at_start")),
                        node.path("round").asInt(0));
            }
        } catch (IOException unreadable) {
            throw refused(unreadable);
        }
        throw refused(null);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
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
