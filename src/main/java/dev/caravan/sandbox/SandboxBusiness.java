package dev.caravan.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A small business to try things on: customers, items, orders and their lines, the same for the same seed. Stateless. */
public final class SandboxBusiness {
    private static final String[] NAMES = {
        "Acme", "Borealis", "Cobalt", "Dunmore", "Elm & Sons", "Fjord", "Gruber", "Hálka"
    };
    private static final String[] PLACES = {"Bergen", "Lyon", " Gdańsk ", "Porto", "Graz", "Leeds  North"};

    private SandboxBusiness() {}

    /** Publishes all four APIs. */
    public static void publish(ApiSmithSandbox sandbox, long seed) {
        Random random = new Random(seed);
        customers(sandbox, random, 200);
        items(sandbox, random, 1000);
        orders(sandbox, random, 2000);
        lines(sandbox, random, 5000);
    }

    private static void customers(ApiSmithSandbox sandbox, Random random, int count) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            rows.add(SandboxRow.values(
                    "CUSTOMER_NO", String.format("C-%04d", i),
                    "NAME", NAMES[random.nextInt(NAMES.length)] + " " + i,
                    "CITY", random.nextInt(9) == 0 ? null : PLACES[random.nextInt(PLACES.length)],
                    "CREDIT_LIMIT", random.nextBoolean() ? "10,000" : "2500.50",
                    "ACTIVE", random.nextBoolean() ? "Y" : "N"));
        }
        sandbox.publish(
                SandboxApi.of(
                        "customers",
                        "rowversion",
                        SandboxColumn.text("CUSTOMER_NO", 10).key(),
                        SandboxColumn.text("NAME", 80),
                        SandboxColumn.text("CITY", 40),
                        SandboxColumn.number("CREDIT_LIMIT", 12, 2),
                        SandboxColumn.of("ACTIVE", "BOOLEAN")),
                rows);
    }

    private static void items(ApiSmithSandbox sandbox, Random random, int count) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            rows.add(SandboxRow.values(
                    "PART_NO",
                    "P-" + i,
                    "DESCRIPTION",
                    "Part  number " + i,
                    "PRICE",
                    new BigDecimal(random.nextInt(100_000)).movePointLeft(2),
                    "INTRODUCED",
                    String.format("%02d-%02d-2024", 1 + random.nextInt(28), 1 + random.nextInt(12)),
                    "WEIGHT_KG",
                    random.nextInt(20) == 0 ? null : "1.5E+1"));
        }
        sandbox.publish(
                SandboxApi.of(
                        "items",
                        "hash",
                        SandboxColumn.text("PART_NO", 25).key(),
                        SandboxColumn.text("DESCRIPTION", 200),
                        SandboxColumn.number("PRICE", 10, 2),
                        SandboxColumn.of("INTRODUCED", "DATE"),
                        SandboxColumn.of("WEIGHT_KG", "NUMBER").as("WEIGHT")),
                rows);
    }

    private static void orders(ApiSmithSandbox sandbox, Random random, int count) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            rows.add(SandboxRow.values(
                    "ORDER_NO",
                    (long) (100_000 + i),
                    "CUSTOMER_NO",
                    String.format("C-%04d", 1 + random.nextInt(200)),
                    "ORDERED_AT",
                    String.format(
                            "2025%02d%02d%02d3000", 1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(24)),
                    "TOTAL",
                    "(" + random.nextInt(90) + ".10)"));
        }
        sandbox.publish(
                SandboxApi.of(
                        "sales_orders",
                        "rowversion",
                        SandboxColumn.number("ORDER_NO", 12, 0).key(),
                        SandboxColumn.text("CUSTOMER_NO", 10),
                        SandboxColumn.of("ORDERED_AT", "TIMESTAMP"),
                        SandboxColumn.number("TOTAL", 14, 2)),
                rows);
    }

    private static void lines(ApiSmithSandbox sandbox, Random random, int count) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(SandboxRow.values(
                    "ORDER_NO", (long) (100_001 + i / 3),
                    "LINE_NO", (long) (1 + i % 3),
                    "PART_NO", "P-" + (1 + random.nextInt(1000)),
                    "QUANTITY", (long) (1 + random.nextInt(50))));
        }
        sandbox.publish(
                SandboxApi.of(
                        "order_lines",
                        "auto",
                        SandboxColumn.number("ORDER_NO", 12, 0).key(),
                        SandboxColumn.number("LINE_NO", 4, 0).key(),
                        SandboxColumn.text("PART_NO", 25),
                        SandboxColumn.number("QUANTITY", 10, 3)),
                rows);
    }
}
