package dev.caravan.target.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.model.Page;
import dev.caravan.model.Row;
import dev.caravan.model.Utf8;
import dev.caravan.normalize.TypedJson;
import dev.caravan.schema.odata.AttributeTypes;
import dev.caravan.schema.odata.EdmTypes;
import dev.caravan.target.sql.dialect.Dialect;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Tables that keep records under the source's own key, in one kind of database, read back by plain JDBC. */
abstract class RecordTableContractTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String KEY = "0f8fad5b-d9cb-469f-a165-70867728950e";

    private JdbcTemplate jdbc;
    private TableMaker maker;
    private TransactionTemplate transactions;
    private TransactionAwareDataSourceProxy joining;

    /** An empty database. */
    abstract DataSource dataSource();

    abstract Dialect dialect();

    @BeforeEach
    void open() {
        DataSource source = dataSource();
        jdbc = new JdbcTemplate(source);
        joining = new TransactionAwareDataSourceProxy(source);
        maker = new TableMaker(joining, dialect());
        transactions = new TransactionTemplate(new DataSourceTransactionManager(source));
    }

    private static Columns layout(Column... more) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("thingid", "Edm.Guid", ColumnType.of(ColumnType.Kind.UUID), false, true));
        columns.addAll(Arrays.asList(more));
        return new Columns(columns, List.of("thingid"));
    }

    private static Column column(String name, ColumnType.Kind kind) {
        return new Column(name, "", ColumnType.of(kind), true, false);
    }

    private TargetTable make(Columns columns) {
        TargetTable table = TargetTable.ofRecords(dialect(), dialect().table("public", "things"), columns);
        maker.ensure(table, "public", "things");
        return table;
    }

    private Changes store(TargetTable table, Page page) {
        SqlLoad load =
                new SqlLoad(joining, table, maker, "run", false, true, Clock.fixed(NOW, ZoneOffset.UTC), () -> "none");
        Changes[] changes = new Changes[1];
        transactions.executeWithoutResult(status -> {
            changes[0] = load.compare(List.of(page));
            for (Changes.Batch batch : changes[0].batches()) {
                batch.rows().forEach(row -> jdbcJoined().update(batch.sql(), row));
            }
        });
        load.forget();
        return changes[0];
    }

    private JdbcTemplate jdbcJoined() {
        return new JdbcTemplate(joining);
    }

    private static Page page(List<Row> rows, List<String> gone) {
        return new Page("run", 1, rows, List.of(), rows.size(), 1, 0, "", null, gone, List.of(), 0);
    }

    private static Row row(Columns columns, String json, @Nullable String version, @Nullable Object... raw) {
        Row typed = new TypedJson(columns).normalise(Row.raw(columns, raw, version, "things[1]", Utf8.of(json)));
        return typed.mapped(columns, java.util.Objects.requireNonNull(typed.normalisedValues()))
                .identified(String.valueOf(raw[0]), "hash of " + json, named -> "things[1]");
    }

    private static final Map<EdmTypes, Object> SAMPLES = Map.ofEntries(
            Map.entry(EdmTypes.GUID, "0F8FAD5B-D9CB-469F-A165-70867728950E"),
            Map.entry(EdmTypes.STRING, "O'Brian 😀"),
            Map.entry(EdmTypes.BOOLEAN, true),
            Map.entry(EdmTypes.BYTE, 255L),
            Map.entry(EdmTypes.S_BYTE, -128L),
            Map.entry(EdmTypes.INT_16, -32768L),
            Map.entry(EdmTypes.INT_32, 2147483647L),
            Map.entry(EdmTypes.INT_64, 9223372036854775807L),
            Map.entry(EdmTypes.DECIMAL, new BigDecimal("123456789012345.1234567890")),
            Map.entry(EdmTypes.DOUBLE, new BigDecimal("0.1")),
            Map.entry(EdmTypes.SINGLE, new BigDecimal("0.5")),
            Map.entry(EdmTypes.DATE, "1900-01-01"),
            Map.entry(EdmTypes.DATE_TIME_OFFSET, "2024-06-12T14:13:25Z"),
            Map.entry(EdmTypes.TIME_OF_DAY, "07:59:59.999"),
            Map.entry(EdmTypes.DURATION, "P12DT23H59M59.9S"),
            Map.entry(EdmTypes.BINARY, "-_8="),
            Map.entry(EdmTypes.STREAM, "x"));
    private static final Map<EdmTypes, String> KEPT =
            Map.of(EdmTypes.GUID, KEY, EdmTypes.DECIMAL, "123456789012345.123456789");

    @ParameterizedTest
    @EnumSource(EdmTypes.class)
    void keepsAValueOfEachType(EdmTypes type) {
        Object sample = SAMPLES.get(type);
        Columns columns = layout(column("V", type.kind()));
        store(make(columns), page(List.of(row(columns, "{}", null, KEY, sample)), List.of()));

        Object kept = jdbc.queryForMap("SELECT \"V\" FROM things").get("V");
        switch (type.kind()) {
            case BOOLEAN -> assertThat(kept).isIn(true, 1);
            case BINARY -> assertThat((byte[]) kept).containsExactly(0xfb, 0xff);
            case DATE -> assertThat(String.valueOf(kept)).isEqualTo("1900-01-01");
            case TIMESTAMP ->
                assertThat(jdbc.queryForObject(
                                isPostgres()
                                        ? "SELECT to_char(\"V\" AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\".000000Z\"') FROM things"
                                        : "SELECT \"V\" FROM things",
                                String.class))
                        .isEqualTo("2024-06-12T14:13:25.000000Z");
            default -> assertThat(String.valueOf(kept)).isEqualTo(KEPT.getOrDefault(type, String.valueOf(sample)));
        }
    }

    @ParameterizedTest
    @EnumSource(AttributeTypes.class)
    void hasAColumnForEachTypeOfDataverse(AttributeTypes type) {
        Columns columns = layout(column("V", type.edm().kind()));
        store(make(columns), page(List.of(row(columns, "{}", null, KEY, SAMPLES.get(type.edm()))), List.of()));

        assertThat(jdbc.queryForObject("SELECT count(\"V\") FROM things", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void keepsTheRecordAsItCameAndTheTimesOfARow() {
        Columns columns = layout(
                column("modifiedon", ColumnType.Kind.TIMESTAMP), column("versionnumber", ColumnType.Kind.INTEGER));
        String json = "{\"@odata.etag\":\"W/\\\"7\\\"\", \"money\": 5000000.0000000000 }";
        TargetTable table = make(columns);
        store(table, page(List.of(row(columns, json, "7", KEY, "2024-06-12T14:13:25Z", 7L)), List.of()));

        Map<String, Object> row = jdbc.queryForMap("SELECT * FROM things");
        assertThat(row).containsEntry("json_response", json).containsEntry("_deleted_at", null);
        assertThat(row.get("_row_hash")).isEqualTo("hash of " + json);
        assertThat(String.valueOf(row.get("valid_from"))).startsWith("2024-06-12");
        assertThat(String.valueOf(row.get("sync_time"))).startsWith("2026-03-01");
    }

    @Test
    void marksWhatTheFeedCallsGoneAndRevivesWhatComesBack() {
        Columns columns = layout(column("name", ColumnType.Kind.TEXT));
        TargetTable table = make(columns);
        store(table, page(List.of(row(columns, "{1}", "1", KEY, "one")), List.of()));

        Changes gone = store(table, page(List.of(), List.of(KEY, "11111111-d9cb-469f-a165-70867728950e")));
        assertThat(gone.counts().deleted()).isEqualTo(1);
        assertThat(jdbc.queryForMap("SELECT name, _deleted_at FROM things"))
                .containsEntry("name", "one")
                .doesNotContainEntry("_deleted_at", null);
        assertThat(store(table, page(List.of(), List.of(KEY))).counts().deleted())
                .isZero();

        Changes back = store(table, page(List.of(row(columns, "{1}", "1", KEY, "one")), List.of()));
        assertThat(back.counts().updated()).isEqualTo(1);
        assertThat(jdbc.queryForMap("SELECT _deleted_at FROM things")).containsEntry("_deleted_at", null);
    }

    @Test
    void storesTheNewestOfARowThatCameTwice() {
        Columns columns = layout(column("name", ColumnType.Kind.TEXT));
        TargetTable table = make(columns);
        Changes changes = store(
                table,
                page(List.of(row(columns, "{1}", "9", KEY, "old"), row(columns, "{2}", "10", KEY, "new")), List.of()));

        assertThat(changes.counts().addUp()).isTrue();
        assertThat(changes.counts().repeated()).isEqualTo(1);
        assertThat(jdbc.queryForObject("SELECT name FROM things", String.class)).isEqualTo("new");
    }

    @Test
    void refusesATableOfSomebodyElse() {
        jdbc.execute("CREATE TABLE things (thingid text)");

        assertThatThrownBy(() -> make(layout())).hasMessageContaining("things");
    }

    boolean isPostgres() {
        return dialect().bind(false) instanceof Boolean;
    }

    TableMaker maker() {
        return maker;
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }
}
