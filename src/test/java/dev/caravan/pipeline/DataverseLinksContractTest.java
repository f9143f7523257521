package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of which only the rows are wanted that others refer to, on each database. */
abstract class DataverseLinksContractTest extends DataverseThingsContract {
    /** Accounts of which the things refer to some, directly and through links. */
    private DataverseTable linked() {
        TableDescription accounts = TableDescription.of(
                        "account", "accounts", "name", List.of(DataverseColumn.text("name", 50)))
                .withUsualColumns();
        TableDescription things = TableDescription.of(
                        "vin_thing",
                        THINGS,
                        "vin_name",
                        List.of(DataverseColumn.text("vin_name", 50), DataverseColumn.lookup("vin_account", "account")))
                .withUsualColumns();
        DataverseTable table = house.sandbox.publish(accounts, List.of());
        for (int i = 0; i < 1200; i++) {
            table.insert(id(i), Map.of("name", "Account " + i));
        }
        DataverseTable referring = house.sandbox.publish(things, List.of());
        for (int i = 0; i < 430; i++) {
            referring.insert(Map.of("vin_name", "Thing " + i, "vin_account", id(i)));
        }
        TableDescription junction = TableDescription.junction(
                "vin_vin_thing_account", "vin_vin_thing_accountset", "accountid", "contactid");
        DataverseTable links = house.sandbox.publish(junction, List.of());
        for (int i = 420; i < 450; i++) {
            links.insert(Map.of("accountid", id(i), "contactid", id(i + 1)));
        }
        house.with("page-size", "500")
                .with("overlap", "0s")
                .with("tables", "accounts, vin_thing, vin_vin_thing_account")
                .with("table.accounts.only-linked-from", "*._vin_account_value, vin_vin_thing_accountset.accountid");
        return table;
    }

    private void expectAccounts(int from, int to) throws SQLException {
        Map<String, Map<String, @Nullable String>> wanted = house.source("accounts");
        for (int i = 0; i < 1200; i++) {
            if (i < from || i >= to) {
                wanted.remove(id(i));
            }
        }
        assertThat(house.stored("accounts")).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofALinkedTableOnlyTheRowsThatOthersReferToAreFetched(boolean function) throws SQLException {
        DataverseTable accounts = linked();
        house.sandbox.switches().inFunction(function);
        assertThat(house.sync("accounts").status()).isEqualTo("completed");
        expectAccounts(0, 450);
        assertThat(house.sandbox.requestsOf("accounts").size()).isLessThanOrEqualTo(3);

        accounts.set(id(3), "name", "Renamed");
        accounts.set(id(999), "name", "Not wanted");
        house.sandbox
                .table(THINGS)
                .set(house.sandbox.table(THINGS).insert(Map.of("vin_name", "New")), "vin_account", id(450));
        house.sandbox.forgetRequests();
        Outcome second = house.sync("accounts");
        assertThat(second.counts().inserted()).isEqualTo(1);
        assertThat(second.counts().updated()).isEqualTo(1);
        expectAccounts(0, 451);
        assertThat(house.sandbox.requestsOf("accounts").size()).isLessThanOrEqualTo(function ? 4 : 5);
    }

    @Test
    void rowsThatNothingRefersToAnyMoreAreMarked() throws SQLException {
        linked();
        house.with("table.accounts.delete-sweep-every", "0s");
        house.sync("accounts");
        DataverseTable things = house.sandbox.table(THINGS);
        things.rows().stream()
                .filter(row -> id(7).equals(row.value("_vin_account_value")))
                .forEach(row -> things.delete(row.key()));

        assertThat(house.sync("accounts").counts().deleted()).isEqualTo(1);
        assertThat(house.stored("accounts")).hasSize(449).doesNotContainKey(id(7));
    }

    @Test
    void aLoadThatIsResumedEndsEqualToItsSource() throws SQLException {
        DataverseTable accounts = linked();
        breakOff("accounts", 2);
        assertThat(house.stored("accounts")).isNotEmpty().hasSizeLessThan(450);
        String changed = house.stored("accounts").keySet().iterator().next();
        accounts.set(changed, "name", "Changed meanwhile");
        DataverseTable things = house.sandbox.table(THINGS);
        String unlinked = house.stored("accounts").keySet().stream()
                .skip(1)
                .filter(key -> things.rows().stream().anyMatch(row -> key.equals(row.value("_vin_account_value"))))
                .filter(key -> Long.parseLong(key.substring(key.length() - 4), 16) < 420)
                .findFirst()
                .orElseThrow();
        things.rows().stream()
                .filter(row -> unlinked.equals(row.value("_vin_account_value")))
                .forEach(row -> things.delete(row.key()));
        things.insert(Map.of("vin_name", "New", "vin_account", id(451)));

        sync("accounts");
        Map<String, Map<String, @Nullable String>> wanted = house.source("accounts");
        for (int i = 450; i < 1200; i++) {
            if (i != 451) {
                wanted.remove(id(i));
            }
        }
        wanted.remove(unlinked);
        assertThat(house.stored("accounts")).isEqualTo(wanted);
        assertThat(sync("accounts").counts().unchanged()).isTrue();
    }
}
