package dev.caravan.target.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import dev.caravan.schema.SafeNames;
import dev.caravan.schema.SchemaChange;
import dev.caravan.target.sql.dialect.Dialect;
import dev.caravan.testing.HostileNames;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Tables of one kind of database: made, extended, widened, filled and read back by plain JDBC. */
abstract class TableContractTest {
    private JdbcTemplate jdbc;
    private TableMaker maker;
    private TransactionTemplate transactions;

    /** An empty database. */
    abstract DataSource dataSource();

    abstract Dialect dialect();

    @BeforeEach
    void open() {
        DataSource source = dataSource();
        jdbc = new JdbcTemplate(source);
        maker = new TableMaker(new TransactionAwareDataSourceProxy(source), dialect());
        transactions = new TransactionTemplate(new DataSourceTransactionManager(source));
    }

    @Test
    void makesATableOnceAndAddsWhatItLacks() {
        TargetTable table = table("items", column("A", ColumnType.text(5), true));
        assertThat(maker.ensure(table, "public", "items")).isTrue();
        assertThat(maker.ensure(table, "public", "items")).isFalse();

        maker.ensure(
                table("items", column("A", ColumnType.text(5), true), column("B", ColumnType.of(Kind.DATE), false)),
                "public",
                "items");

        assertThat(maker.columns("public", "items")).contains("a", "b", "_bridge_id", "_bridge_deleted");
    }

    @Test
    void refusesATableOfSomebodyElse() {
        jdbc.execute("CREATE TABLE items (a text)");
        TargetTable table = table("items", column("A", ColumnType.text(5), true));

        assertThatThrownBy(() -> maker.ensure(table, "public", "items"))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("items");
        assertThat(maker.columns("public", "items")).containsExactly("a");
    }

    @Test
    void addsAuditColumnsThatATableOfOursLacks() {
        jdbc.execute("CREATE TABLE items (\"A\" text, _bridge_id " + (isPostgres() ? "uuid" : "text")
                + " PRIMARY KEY, _bridge_rowversion text)");
        jdbc.update(
                isPostgres()
                        ? "INSERT INTO items VALUES ('1', gen_random_uuid(), '7')"
                        : "INSERT INTO items VALUES ('1', 'x', '7')");

        maker.ensure(table("items", column("A", ColumnType.text(5), true)), "public", "items");

        assertThat(jdbc.queryForMap("SELECT _bridge_deleted, _bridge_hash FROM items"))
                .containsEntry("_bridge_hash", null)
                .containsValue(isPostgres() ? false : (Object) 0);
    }

    @Test
    void takesHostileNamesForWhatTheyAre() {
        List<String> names = SafeNames.columns(HostileNames.all());
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(column(name, ColumnType.text(0), name.equals("select")));
        }
        TargetTable table = table("hostile", columns.toArray(new Column[0]));
        maker.ensure(table, "public", "hostile");
        index(table, "hostile");
        insert(table, names.toArray());

        Map<String, Object> row = jdbc.queryForMap("SELECT * FROM hostile");
        for (String name : names) {
            assertThat(row).containsEntry(name, name);
        }
    }

    @Test
    void takesAThousandColumns() {
        Column[] columns = new Column[1000];
        @Nullable Object[] values = new @Nullable Object[1000];
        for (int i = 0; i < 1000; i++) {
            columns[i] = column("C" + i, ColumnType.text(0), i == 0);
            values[i] = "v" + i;
        }
        TargetTable table = table("wide", columns);
        maker.ensure(table, "public", "wide");
        insert(table, values);

        assertThat(jdbc.queryForMap("SELECT * FROM wide")).containsEntry("C999", "v999");
    }

    @Test
    void tellsRowsOfOneKeyApartAndKeepsTheFirst() {
        TargetTable table = table("items", column("A", ColumnType.text(5), true));
        maker.ensure(table, "public", "items");
        insert(table, "1");
        insert(table, "1");
        insert(table, "2");

        assertThat(index(table, "items")).isEqualTo(1);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM items", Integer.class))
                .isEqualTo(2);
        assertThatThrownBy(() -> insert(table, "2")).hasMessageContaining("items");
    }

    @Test
    void indexesATableBesideOneOfTheIndexesName() {
        jdbc.execute("CREATE TABLE items_key (a text)");
        jdbc.execute("CREATE TABLE items_rowversion (a text)");
        TargetTable table = table("items", column("A", ColumnType.text(5), true));
        maker.ensure(table, "public", "items");
        index(table, "items");
        insert(table, "1");

        assertThatThrownBy(() -> insert(table, "1")).hasMessageContaining("items");
    }

    @Test
    void widensAnIntegerSoThatLongDecimalsFit() {
        ColumnType integer = new ColumnType(Kind.INTEGER, 0, 9, 0);
        TargetTable before = table("items", column("A", ColumnType.text(5), true), column("n?", integer, false));
        maker.ensure(before, "public", "items");
        index(before, "items");
        insert(before, "1", 7L);

        ColumnType decimal = ColumnType.decimal(38, 10);
        TargetTable after = table("items", column("A", ColumnType.text(5), true), column("n?", decimal, false));
        maker.widen(after, List.of(new SchemaChange(SchemaChange.Kind.WIDENED, "n?", integer, decimal)));
        insert(after, "2", new BigDecimal("123456789.1234567890"));

        List<String> kept = jdbc.queryForList("SELECT CAST(\"n?\" AS text) FROM items ORDER BY \"A\"", String.class);
        assertThat(new BigDecimal(kept.get(0))).isEqualByComparingTo("7");
        assertThat(kept.get(1)).isEqualTo("123456789.1234567890");
    }

    @Test
    void widensAKeyOfIntegersAndKeepsItsIndexAndTheIndexesOfOthers() {
        ColumnType integer = new ColumnType(Kind.INTEGER, 0, 9, 0);
        TargetTable before = table("it\"ems", column("K'", integer, true));
        maker.ensure(before, "public", "it\"ems");
        index(before, "it\"ems");
        jdbc.execute("CREATE INDEX of_somebody_else ON \"it\"\"ems\" (\"K'\", _bridge_hash)");
        insert(before, 7L);

        ColumnType decimal = ColumnType.decimal(38, 10);
        TargetTable after = table("it\"ems", column("K'", decimal, true));
        maker.widen(after, List.of(new SchemaChange(SchemaChange.Kind.WIDENED, "K'", integer, decimal)));
        insert(after, new BigDecimal("123456789.1234567890"));

        assertThat(jdbc.queryForObject("SELECT count(*) FROM \"it\"\"ems\"", Integer.class))
                .isEqualTo(2);
        assertThatThrownBy(() -> insert(after, new BigDecimal("7"))).hasMessageContaining("K'");
        jdbc.execute("DROP INDEX of_somebody_else");
    }

    @Test
    void widensADateToMidnightInUtc() {
        ColumnType date = ColumnType.of(Kind.DATE);
        TargetTable before = table("items", column("A", ColumnType.text(5), true), column("D", date, false));
        maker.ensure(before, "public", "items");
        insert(before, "1", LocalDate.of(2025, 12, 8));

        ColumnType time = ColumnType.of(Kind.TIMESTAMP);
        TargetTable after = table("items", column("A", ColumnType.text(5), true), column("D", time, false));
        maker.widen(after, List.of(new SchemaChange(SchemaChange.Kind.WIDENED, "D", date, time)));
        insert(after, "2", Instant.parse("2025-12-08T00:00:00Z"));

        assertThat(jdbc.queryForObject("SELECT count(DISTINCT \"D\") FROM items", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void takesLongerTextOnceItMay() {
        TargetTable table = table("items", column("A", ColumnType.text(5), true));
        maker.ensure(table, "public", "items");
        maker.widen(
                table,
                List.of(new SchemaChange(SchemaChange.Kind.WIDENED, "A", ColumnType.text(5), ColumnType.text(9))));
        insert(table, "123456789");

        assertThat(jdbc.queryForObject("SELECT \"A\" FROM items", String.class)).isEqualTo("123456789");
    }

    /** Inserts a value of a type and reads it back as the driver gives it. */
    @Nullable
    Object roundTrip(ColumnType type, @Nullable Object value) {
        TargetTable table = table("items", column("A", ColumnType.text(5), true), column("V", type, false));
        maker.ensure(table, "public", "items");
        jdbc.update("DELETE FROM items");
        insert(table, "1", value);
        Map<String, @Nullable Object> row = new HashMap<>(jdbc.queryForMap("SELECT \"V\" AS v FROM items"));
        return row.get("v");
    }

    /** Widens the column of {@link #roundTrip}. */
    void widenV(ColumnType from, ColumnType to) {
        TargetTable table = table("items", column("A", ColumnType.text(5), true), column("V", to, false));
        maker.widen(table, List.of(new SchemaChange(SchemaChange.Kind.WIDENED, "V", from, to)));
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    private int index(TargetTable table, String name) {
        return Objects.requireNonNull(transactions.execute(transaction -> maker.index(table, name)));
    }

    private boolean isPostgres() {
        return dialect().type(ColumnType.of(Kind.BOOLEAN)).equals("boolean");
    }

    private void insert(TargetTable table, @Nullable Object... values) {
        Row row = Row.raw(table.columns(), values, "1", "", null)
                .identified("0".repeat(32), "0".repeat(64), named -> "x");
        Object now = Objects.requireNonNull(dialect().bind(Instant.EPOCH));
        jdbc.update(
                table.insertSql(now), table.insertValues(row, UUID.randomUUID().toString(), now));
    }

    private TargetTable table(String name, Column... columns) {
        List<Column> all = List.of(columns);
        Columns layout = new Columns(
                all, all.stream().filter(Column::key).map(Column::name).toList());
        return new TargetTable(dialect(), dialect().table("public", name), layout, false);
    }

    private static Column column(String name, ColumnType type, boolean key) {
        return new Column(name, "X", type, !key, key);
    }
}
