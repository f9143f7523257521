package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorReaderTest {
    @TempDir
    Path folder;

    private ConfigurationFolder in() {
        return new ConfigurationFolder(folder);
    }

    @Test
    void hasDefaultsForApismith() {
        ConnectorSettings erp = in().erp();

        assertThat(erp.url()).isEqualTo(URI.create("http://localhost:8007"));
        assertThat(erp.token()).contains(new Secret("t0ken"));
        assertThat(erp.loginPath()).isEqualTo("/api/v1/auth/login");
        assertThat(erp.entities()).containsExactly("*");
        assertThat(erp.schedule()).isEqualTo(new ConnectorSettings.Schedule(Duration.ofMinutes(5), Optional.empty()));
        assertThat(erp.database()).isEmpty();
        assertThat(erp.schema()).isEqualTo("public");
        assertThat(erp.tablePrefix()).isEmpty();
        assertThat(erp.pageSize()).isEqualTo(1000);
        assertThat(erp.dayFirst()).isTrue();
        assertThat(erp.orderBy()).isTrue();
        assertThat(erp.concurrency()).isEmpty();
        assertThat(erp.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(erp.dataTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(erp.discoverEvery()).isEqualTo(Duration.ofHours(1));
        assertThat(erp.retryTimeBudget()).isEqualTo(Duration.ofMinutes(2));
        assertThat(erp.throttleTimeBudget()).isEqualTo(Duration.ofMinutes(10));
        assertThat(erp.onSchemaChange()).isEqualTo("evolve");
        assertThat(erp.settings()).isEmpty();
    }

    @Test
    void aServerLooksAtADataverseEverySchemaEveryAndAtOthersEveryDiscoverEvery() {
        ConnectorSettings crm = in().examine(
                        "caravan.connector.crm.type = dataverse",
                        "caravan.connector.crm.url = https://contoso.crm.dynamics.com",
                        "caravan.connector.crm.tables = accounts",
                        "caravan.connector.crm.client-id = me",
                        "caravan.connector.crm.client-secret = pw",
                        "caravan.connector.crm.schema-every = 2h")
                .settings()
                .connectors()
                .get(0);
        assertThat(crm.lookEvery()).isEqualTo(Duration.ofHours(2));
        ConnectorSettings erp = in().examine(
                        "caravan.connector.erp.type = apismith",
                        "caravan.connector.erp.url = https://erp.example",
                        "caravan.connector.erp.token = t",
                        "caravan.connector.erp.discover-every = 3h")
                .settings()
                .connectors()
                .get(0);
        assertThat(erp.lookEvery()).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void readsTheKeysOfApismith() {
        ConnectorSettings erp = in().examine(
                        "caravan.connector.erp.type = APISMITH",
                        "caravan.connector.erp.url = https://erp.example/base/",
                        "caravan.connector.erp.username = me",
                        "caravan.connector.erp.password = pw",
                        "caravan.connector.erp.login-path = /login",
                        "caravan.connector.erp.cron = 0 0 6 * * ?",
                        "caravan.connector.erp.entities = items, sales_*",
                        "caravan.connector.erp.schema = erp",
                        "caravan.connector.erp.table-prefix = erp_",
                        "caravan.connector.erp.page-size = 5000",
                        "caravan.connector.erp.date-order = MONTH",
                        "caravan.connector.erp.order-by = off",
                        "caravan.connector.erp.concurrency = 4",
                        "caravan.connector.erp.timeout = 500ms",
                        "caravan.connector.erp.data-timeout = 2m",
                        "caravan.connector.erp.discover-every = 6h",
                        "caravan.connector.erp.retry-time-budget = 10s",
                        "caravan.connector.erp.throttle-time-budget = 0s",
                        "caravan.connector.erp.on-schema-change = freeze")
                .settings()
                .connector("erp")
                .orElseThrow();

        assertThat(erp.type()).isEqualTo("apismith");
        assertThat(erp.url()).isEqualTo(URI.create("https://erp.example/base"));
        assertThat(erp.username()).contains("me");
        assertThat(erp.password()).contains(new Secret("pw"));
        assertThat(erp.loginPath()).isEqualTo("/login");
        assertThat(erp.schedule().cron()).contains("0 0 6 * * ?");
        assertThat(erp.entities()).containsExactly("items", "sales_*");
        assertThat(erp.wants("SALES_ORDERS")).isTrue();
        assertThat(erp.wants("customers")).isFalse();
        assertThat(erp.schema()).isEqualTo("erp");
        assertThat(erp.tablePrefix()).isEqualTo("erp_");
        assertThat(erp.pageSize()).isEqualTo(5000);
        assertThat(erp.dayFirst()).isFalse();
        assertThat(erp.orderBy()).isFalse();
        assertThat(erp.concurrency()).hasValue(4);
        assertThat(erp.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(erp.dataTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(erp.discoverEvery()).isEqualTo(Duration.ofHours(6));
        assertThat(erp.retryTimeBudget()).isEqualTo(Duration.ofSeconds(10));
        assertThat(erp.throttleTimeBudget()).isZero();
        assertThat(erp.onSchemaChange()).isEqualTo("freeze");
    }

    @Test
    void readsTheKeysOfDataverse() {
        ConnectorSettings crm = in().read(
                        "caravan.connector.crm.type = dataverse",
                        "caravan.connector.crm.url = https://contoso.crm.dynamics.com",
                        "caravan.connector.crm.authority = https://login.example",
                        "caravan.connector.crm.tenant = t",
                        "caravan.connector.crm.client-id = id",
                        "caravan.connector.crm.client-secret = s",
                        "caravan.connector.crm.scope = everything",
                        "caravan.connector.crm.tables = accounts",
                        "caravan.connector.crm.entities-file = old.json",
                        "caravan.connector.crm.schema-every = 2h",
                        "caravan.connector.crm.overlap = 0s")
                .connector("crm")
                .orElseThrow();

        assertThat(crm.microsoft())
                .isEqualTo(new ConnectorSettings.Microsoft(
                        URI.create("https://login.example"),
                        Optional.of("t"),
                        Optional.of("id"),
                        Optional.of(new Secret("s")),
                        Optional.of("everything")));
        assertThat(crm.entities()).containsExactly("accounts");
        assertThat(crm.entitiesFile()).contains(folder.resolve("old.json"));
        assertThat(crm.pageSize()).isEqualTo(5000);
        assertThat(crm.onSchemaChange()).isEqualTo("lock");
        assertThat(crm.schemaEvery()).isEqualTo(Duration.ofHours(2));
        assertThat(crm.overlap()).isZero();
    }

    @Test
    void knowsTheAddressOfGraph() {
        ConnectorSettings lists = in().read(
                        "caravan.connector.sp.type = sharepoint",
                        "caravan.connector.sp.tenant = t",
                        "caravan.connector.sp.client-id = id",
                        "caravan.connector.sp.client-secret = s")
                .connector("sp")
                .orElseThrow();

        assertThat(lists.url()).isEqualTo(URI.create("https://graph.microsoft.com/v1.0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    page-size = 0;                 page-size
                    concurrency = 51;              concurrency
                    timeout = 0s;                  timeout
                    every = 0s;                    every
                    cron = every day;              cron
                    date-order = year;             date-order
                    on-schema-change = ignore;     on-schema-change
                    database = archive;            database
                    tokn = x;                      tokn
                    """)
    void refuses(String line, String key) {
        assertThat(in().examineErp("caravan.connector.erp." + line).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.key()).isEqualTo("caravan.connector.erp." + key);
                    assertThat(problem.line()).isEqualTo(4);
                });
    }

    @Test
    void suggestsTheKeyThatWasMeant() {
        assertThat(in().problemsOfErp("caravan.connector.erp.clientid = x", "caravan.connector.erp.pagesize = 3"))
                .containsExactly(
                        "line 4: caravan.connector.erp.clientid: is not a known key;"
                                + " did you mean caravan.connector.erp.client-id?",
                        "line 5: caravan.connector.erp.pagesize: is not a known key;"
                                + " did you mean caravan.connector.erp.page-size?");
    }

    @Test
    void refusesAnIntervalBesideACronExpression() {
        assertThat(in().problemsOfErp("caravan.connector.erp.every = 5m", "caravan.connector.erp.cron = 0 0 6 * * ?"))
                .containsExactly("line 5: caravan.connector.erp.cron: stands beside every; keep one of them");
    }

    @Test
    void saysWhatTheLoginLacks() {
        assertThat(in().problemsOf(
                                "caravan.connector.a.type = apismith",
                                "caravan.connector.b.type = apismith",
                                "caravan.connector.b.url = http://b",
                                "caravan.connector.b.username = me",
                                "caravan.connector.c.type = dataverse",
                                "caravan.connector.c.url = http://c",
                                "caravan.connector.d.url = http://d"))
                .containsExactly(
                        "line 1: caravan.connector.a.token: is missing; set it, or username and password",
                        "line 1: caravan.connector.a.url: is missing; give the address of the system",
                        "line 2: caravan.connector.b.password: is missing; the login needs it",
                        "line 5: caravan.connector.c.client-id: is missing; the login needs it",
                        "line 5: caravan.connector.c.client-secret: is missing; the login needs it",
                        "line 7: caravan.connector.d.type: is missing;"
                                + " it is one of dataverse, apismith, sharepoint, schedulehub, rest");
    }

    @Test
    void saysOnceThatASecretHasNoValue() {
        assertThat(in().problemsOf(
                                "caravan.connector.a.type = apismith",
                                "caravan.connector.a.url = http://a",
                                "caravan.connector.a.token = {{env:NOBODY}}"))
                .containsExactly("line 3: caravan.connector.a.token: {{env:NOBODY}} has no value; set it,"
                        + " or give a default as {{env:NOBODY:default}}");
    }

    @Test
    void warnsOfAKeyForOtherTypes() {
        assertThat(in().examineErp("caravan.connector.erp.overlap = 5m").warnings())
                .containsExactly("line 4: caravan.connector.erp.overlap has no effect:"
                        + " a connector of type apismith does not take it");
    }

    @ParameterizedTest
    @CsvSource({"ftp://host", "host:8007", "http://me:pw@host", "http://host?x=1", "http://", "http://a b"})
    void refusesTheAddress(String url) {
        assertThat(in().examine(
                                "caravan.connector.a.type = apismith",
                                "caravan.connector.a.token = x",
                                "caravan.connector.a.url = " + url)
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("caravan.connector.a.url"));
    }
}
