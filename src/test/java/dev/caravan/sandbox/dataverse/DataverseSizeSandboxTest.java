package dev.caravan.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The business at full size: rows are made as they are asked for. */
class DataverseSizeSandboxTest {
    private final DataverseSandbox sandbox = DataverseSandbox.start(0);
    private final SocketCaller caller = new SocketCaller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void fortyThousandRecordsOfSixKilobytes() {
        DataverseBusiness.publish(sandbox, DataverseBusiness.Size.full());
        int records = sandbox.entitySets().stream()
                .mapToInt(set -> sandbox.table(set).size())
                .sum();
        assertThat(records).isBetween(39_000, 41_500);
        String page = caller.get("vin_orderlines").body();
        JsonNode rows = caller.rows("vin_orderlines?$select=vin_name");
        assertThat(rows).hasSize(5000);
        assertThat(page.getBytes(StandardCharsets.UTF_8).length / 5000).isBetween(5500, 6500);
    }

    @Test
    void ofMoreThanAMillionAccountsAFewAreLinked() {
        DataverseBusiness.publish(
                sandbox, DataverseBusiness.Size.full().withRecords(1_000).withAccounts(1_600_000, 16_000));
        assertThat(sandbox.table("accounts").size()).isEqualTo(1_600_000);
        Set<String> linked = sandbox.rows("vin_vin_candidate_accountset").stream()
                .map(row -> String.valueOf(row.value("accountid")))
                .collect(Collectors.toSet());
        assertThat(linked).hasSize(16_000);
        Set<String> others = new HashSet<>();
        for (String set : List.of("vin_wineries", "vin_shipments", "vin_orders", "contacts")) {
            for (DataverseRow row : sandbox.rows(set)) {
                row.targets().forEach((property, table) -> {
                    if (table.equals("account")) {
                        others.add(String.valueOf(row.value(property)));
                    }
                });
            }
        }
        assertThat(linked).containsAll(others);
        List<String> some = new ArrayList<>(linked).subList(0, 400);
        String values = some.stream().map(key -> "%22" + key + "%22").collect(Collectors.joining(","));
        assertThat(caller.rows("accounts?$select=name&$filter=Microsoft.Dynamics.CRM.In(PropertyName='accountid',"
                        + "PropertyValues=%5B" + values + "%5D)"))
                .hasSize(400);
        long before = sandbox.version();
        sandbox.edit("accounts", 1, 1, 0);
        assertThat(caller.rows("accounts?$select=name&$filter=versionnumber%20gt%20" + before))
                .hasSize(2);
        assertThat(caller.get("accounts?$select=name", "Prefer: odata.maxpagesize=10")
                        .json()
                        .path("value"))
                .hasSize(10);
    }
}
