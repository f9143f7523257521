package dev.caravan.target.schedulehub;

import dev.caravan.delta.Delta;
import dev.caravan.model.Row;
import java.util.List;

/**
 * Records that are sent in one call.
 *
 * @param verb INSERT or UPDATE
 * @param rows the records
 * @param uids ScheduleHub's names of them, in the same order; empty for new ones
 */
public record HubBatch(Delta verb, List<Row> rows, List<String> uids) {}
