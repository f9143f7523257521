package dev.caravan.sandbox;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A small business with the habits of an old ERP: dates in several notations (day before month), numbers with thousands
 * separators, blanks that do not belong, NULLs. The same seed makes the same rows; all of them are sound.
 */
public final class SandboxBusiness {
    private static final DateTimeFormatter VERSION = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT),
            DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT),
            DateTimeFormatter.ofPattern("dd-MM-uuuu", Locale.ROOT),
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT),
            DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT));
    private static final LocalDateTime START = LocalDateTime.of(2025, 1, 2, 6, 0);
    private static final List<String> TOWNS =
            List.of("Göteborg", "Lyon", "Kraków", "Gdańsk", "Porto", "Leeds", "Bergen", "Graz");
    private static final List<String> TRADES =
            List.of("Marine", "Foundry", "Rail", "Paper", "Crane", "Pump", "Turbine", "Valve");
    private static final List<String> GOODS =
            List.of("Bearing", "Flange", "Gasket", "Impeller", "Shaft", "Coupling", "Seal ring", "Filter");

    private final Random random;

    private SandboxBusiness(long seed) {
        random = new Random(seed);
    }

    /** Publishes {@code customers} (200 rows), {@code items} (1,000), {@code sales_orders} (2,000), {@code order_lines} (5,000). */
    public static void publish(ApiSmithSandbox sandbox, long seed) {
        customers(sandbox, 200, seed);
        items(sandbox, 1000, seed + 1);
        salesOrders(sandbox, 2000, 200, seed + 2);
        orderLines(sandbox, 5000, 1000, seed + 3);
    }

    /** Publishes {@code customers}, keyed by a text, strategy {@code rowversion}. */
    public static SandboxTable customers(ApiSmithSandbox sandbox, int rows, long seed) {
        SandboxApi api = SandboxApi.of(
                        "customers",
                        "rowversion",
                        SandboxColumn.text("CUSTOMER_NO", 20).key(),
                        SandboxColumn.text("NAME", 100).notNull(),
                        SandboxColumn.text("CITY", 60),
                        SandboxColumn.text("COUNTRY_CODE", 2).as("country"),
                        SandboxColumn.number("CREDIT_LIMIT", 14, 2),
                        SandboxColumn.of("CUSTOMER_SINCE", "DATE"),
                        SandboxColumn.of("BLOCKED", "BOOLEAN"))
                .describedAs("Customers", "Who buys");
        return new SandboxBusiness(seed).publish(sandbox, api, rows, SandboxBusiness::customer);
    }

    /** Publishes {@code items}, keyed by a text, strategy {@code rowversion}. */
    public static SandboxTable items(ApiSmithSandbox sandbox, int rows, long seed) {
        SandboxApi api = SandboxApi.of(
                        "items",
                        "rowversion",
                        SandboxColumn.text("PART_NO", 25).key(),
                        SandboxColumn.text("DESCRIPTION", 200),
                        SandboxColumn.number("PRICE", 14, 4),
                        SandboxColumn.number("STOCK", 10, 0),
                        SandboxColumn.of("WEIGHT_KG", "BINARY_DOUBLE").as("WEIGHT"),
                        SandboxColumn.of("INTRODUCED", "DATE"),
                        SandboxColumn.of("CHANGED_AT", "TIMESTAMP"))
                .describedAs("Items", "What is sold");
        return new SandboxBusiness(seed).publish(sandbox, api, rows, SandboxBusiness::item);
    }

    /** Publishes {@code sales_orders}, keyed by a number, strategy {@code hash}. */
    public static SandboxTable salesOrders(ApiSmithSandbox sandbox, int rows, int customers, long seed) {
        SandboxApi api = SandboxApi.of(
                        "sales_orders",
                        "hash",
                        SandboxColumn.number("ORDER_NO", 10, 0).key(),
                        SandboxColumn.text("CUSTOMER_NO", 20).notNull(),
                        SandboxColumn.of("ORDER_DATE", "DATE").notNull(),
                        SandboxColumn.text("STATE", 20),
                        SandboxColumn.number("TOTAL", 16, 2),
                        SandboxColumn.text("NOTE", 400))
                .describedAs("Sales orders", "What was ordered");
        return new SandboxBusiness(seed).publish(sandbox, api, rows, (data, i) -> data.salesOrder(i, customers));
    }

    /** Publishes {@code order_lines}, keyed by two columns, strategy {@code full}. */
    public static SandboxTable orderLines(ApiSmithSandbox sandbox, int rows, int items, long seed) {
        SandboxApi api = SandboxApi.of(
                        "order_lines",
                        "full",
                        SandboxColumn.number("ORDER_NO", 10, 0).key(),
                        SandboxColumn.number("LINE_NO", 4, 0).key(),
                        SandboxColumn.text("PART_NO", 25).notNull(),
                        SandboxColumn.number("QUANTITY", 12, 3),
                        SandboxColumn.number("DISCOUNT", 5, 2),
                        SandboxColumn.of("WANTED_ON", "DATE"))
                .describedAs("Order lines", "The lines of the orders");
        return new SandboxBusiness(seed).publish(sandbox, api, rows, (data, i) -> data.orderLine(i, items));
    }

    /** Values of the i-th row, from 0. */
    private interface Maker {
        Map<String, @Nullable Object> make(SandboxBusiness data, int index);
    }

    private SandboxTable publish(ApiSmithSandbox sandbox, SandboxApi api, int count, Maker maker) {
        IntFunction<SandboxRow> row = i ->
                new SandboxRow(maker.make(this, i), START.plusMinutes(i / 3).format(VERSION));
        List<SandboxRow> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(row.apply(i));
        }
        return sandbox.publishRows(api, rows);
    }

    private Map<String, @Nullable Object> customer(int i) {
        String town = TOWNS.get(i % TOWNS.size());
        return SandboxRow.values(
                "CUSTOMER_NO", customerNo(i),
                "NAME", untidy(town + " " + one(TRADES) + " " + (100 + i)),
                "CITY", town,
                "COUNTRY_CODE",
                        List.of("SE", "FR", "PL", "PL", "PT", "GB", "NO", "AT").get(i % TOWNS.size()),
                "CREDIT_LIMIT", i % 9 == 0 ? null : grouped(1000L * (1 + random.nextInt(500))),
                "CUSTOMER_SINCE", date(LocalDate.of(1995, 1, 1).plusDays(random.nextInt(10_000))),
                "BLOCKED", i % 17 == 0);
    }

    private Map<String, @Nullable Object> item(int i) {
        LocalDateTime changed = START.minusMinutes(random.nextInt(500_000));
        return SandboxRow.values(
                "PART_NO", partNo(i),
                "DESCRIPTION", untidy(one(GOODS) + " DN" + (10 + 5 * random.nextInt(40))),
                "PRICE", price(),
                "STOCK", (long) random.nextInt(5000),
                "WEIGHT_KG", i % 11 == 0 ? null : BigDecimal.valueOf(random.nextInt(1 << 20), 3),
                "INTRODUCED", i % 20 == 0 ? null : date(changed.toLocalDate()),
                "CHANGED_AT", changed.toString());
    }

    private Map<String, @Nullable Object> salesOrder(int i, int customers) {
        return SandboxRow.values(
                "ORDER_NO", 100_000L + i,
                "CUSTOMER_NO", customerNo(random.nextInt(customers)),
                "ORDER_DATE", date(START.toLocalDate().plusDays(i / 10)),
                "STATE", one(List.of("Planned", "Released", "Delivered", "Invoiced")),
                "TOTAL", grouped(10L + random.nextInt(2_000_000)),
                "NOTE", i % 3 == 0 ? untidy("Deliver to gate " + (1 + i % 6)) : i % 3 == 1 ? "" : null);
    }

    private Map<String, @Nullable Object> orderLine(int i, int items) {
        return SandboxRow.values(
                "ORDER_NO",
                100_000L + i / 5 * 2L,
                "LINE_NO",
                1L + i % 5,
                "PART_NO",
                partNo(random.nextInt(items)),
                "QUANTITY",
                BigDecimal.valueOf(1 + random.nextInt(100_000), 3),
                "DISCOUNT",
                i % 4 == 0 ? "(" + (1 + i % 20) + ".50)" : null,
                "WANTED_ON",
                date(START.toLocalDate().plusDays(i / 25 + 14)));
    }

    private Object price() {
        BigDecimal price = BigDecimal.valueOf(100 + random.nextInt(10_000_000), 4);
        return random.nextInt(5) == 0 ? "€ " + price.toPlainString() : price;
    }

    /** A number now with, now without separators. */
    private Object grouped(long number) {
        return random.nextBoolean() ? String.format(Locale.ROOT, "%,d", number) : number;
    }

    private String date(LocalDate date) {
        return date.format(one(DATES));
    }

    private String untidy(String text) {
        return switch (random.nextInt(6)) {
            case 0 -> text + "  ";
            case 1 -> " " + text;
            case 2 -> text.replaceFirst(" ", "   ");
            default -> text;
        };
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String customerNo(int i) {
        return String.format(Locale.ROOT, "C%05d", i + 1);
    }

    private static String partNo(int i) {
        return String.format(Locale.ROOT, "%s-%04d", (char) ('A' + i % 6) + "BC", i + 1);
    }
}
