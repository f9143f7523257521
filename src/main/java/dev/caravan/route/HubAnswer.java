package dev.caravan.route;

import dev.caravan.target.schedulehub.HubResult;
import dev.caravan.target.schedulehub.HubState;
import java.util.List;

/**
 * What ScheduleHub said.
 *
 * @param request to what
 * @param states what it holds, after a look-up
 * @param results what became of each record, after a batch
 */
public record HubAnswer(HubRequest request, List<HubState> states, List<HubResult> results) {}
