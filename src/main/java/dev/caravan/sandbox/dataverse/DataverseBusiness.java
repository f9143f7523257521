package dev.caravan.sandbox.dataverse;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A wine merchant's environment of 23 tables: 14 of its business, 7 that join them, accounts and contacts. Its rows are
 * made by their number and take no memory until they are edited; they are the same each time.
 */
public final class DataverseBusiness {
    private static final int SHARES = 1000;

    private final DataverseSandbox sandbox;
    private final Size size;
    private final Map<String, TablePlan> plans = new LinkedHashMap<>();

    /**
     * How much there is.
     *
     * @param records rows of all tables but accounts together, about
     * @param accounts rows of accounts
     * @param linked how many of the accounts others refer to; all of those are in {@code vin_vin_candidate_accountset}
     * @param groups groups of eight columns beside those that have a meaning; 13 make rows of about 6 kB JSON
     */
    public record Size(int records, int accounts, int linked, int groups) {
        /** 40,000 records of about 6 kB, 4,000 accounts among them. */
        public static Size full() {
            return new Size(36_000, 4_000, 1_200, 13);
        }

        /** Some hundred narrow rows, for tests. */
        public static Size small() {
            return new Size(600, 60, 20, 1);
        }

        /** The same with other accounts. */
        public Size withAccounts(int number, int referredTo) {
            return new Size(records, number, referredTo, groups);
        }

        /** The same with another number of records beside the accounts. */
        public Size withRecords(int number) {
            return new Size(number, accounts, linked, groups);
        }
    }

    private DataverseBusiness(DataverseSandbox sandbox, Size size) {
        this.sandbox = sandbox;
        this.size = size;
    }

    /** Publishes all 23 tables. */
    public static void publish(DataverseSandbox sandbox, Size size) {
        DataverseBusiness business = new DataverseBusiness(sandbox, size);
        business.plan();
        business.people();
        business.customers();
        business.goods();
        business.trade();
        business.junctions();
    }

    private void plan() {
        plan("systemuser", "systemusers", 10);
        plan("team", "teams", 4);
        plan("transactioncurrency", "transactioncurrencies", 2);
        plans.put("account", new TablePlan("account", "accounts", size.accounts(), plans));
        plan("contact", "contacts", 120);
        plan("vin_winery", "vin_wineries", 20);
        plan("vin_vineyard", "vin_vineyards", 40);
        plan("vin_product", "vin_products", 90);
        plan("vin_candidate", "vin_candidates", 80);
        plan("vin_harvest", "vin_harvestset", 60);
        plan("vin_bottling", "vin_bottlings", 80);
        plan("vin_analysis", "vin_analyses", 90);
        plan("vin_order", "vin_orders", 110);
        plan("vin_orderline", "vin_orderlines", 160);
        plan("vin_shipment", "vin_shipments", 60);
        plan("vin_feedback", "vin_feedback", 20);
        plan("teammembership", "teammemberships", 8);
        int joined = Math.max(share(12), size.linked());
        plans.put(
                "vin_vin_candidate_account",
                new TablePlan("vin_vin_candidate_account", "vin_vin_candidate_accountset", joined, plans));
        plan("vin_vin_candidate_contact", "vin_vin_candidate_contactset", 10);
        plan("vin_vin_product_vineyard", "vin_vin_product_vineyardcollection", 8);
        plan("vin_vin_order_contact", "vin_vin_order_contacts", 8);
        plan("vin_vin_winery_account", "vin_vin_winery_accountset", 4);
        plan("vin_vin_product_account", "vin_vin_product_accountset", 4);
    }

    private void people() {
        table("systemuser")
                .text("fullname", "User")
                .with(DataverseColumn.text("internalemailaddress", 100), number -> "user" + number + "@example.com")
                .with("isdisabled", ColumnKind.BOOLEAN, Seeds.rarely(20, Seeds.same(true)))
                .usual()
                .publishPrincipal(sandbox, "fullname", true);
        table("team")
                .text("name", "Team")
                .with("isdefault", ColumnKind.BOOLEAN, Seeds.yesOrNo(3))
                .usual()
                .publishPrincipal(sandbox, "name", false);
        table("transactioncurrency")
                .with(DataverseColumn.text("isocurrencycode", 5), number -> "C" + number)
                .text("currencyname", "Currency")
                .with("exchangerate", ColumnKind.DECIMAL, Seeds.decimal(1, 12))
                .usual()
                .publish(sandbox, "currencyname");
    }

    private void customers() {
        table("account")
                .text("name", "Account")
                .with(DataverseColumn.text("accountnumber", 20), number -> "A-" + number)
                .with("revenue", ColumnKind.MONEY, Seeds.rarely(2, Seeds.money(1)))
                .with("numberofemployees", ColumnKind.INTEGER, Seeds.rarely(3, Seeds.whole(1, 5000)))
                .with("description", ColumnKind.MEMO, Seeds.prose(300))
                .with("donotemail", ColumnKind.BOOLEAN, Seeds.yesOrNo(1))
                .with(DataverseColumn.of("entityimage_url", ColumnKind.STRING).unreadable(), Seeds.same(null))
                .lookup("primarycontactid", "contact")
                .currency()
                .usual()
                .publish(sandbox, "name");
        table("contact")
                .text("fullname", "Contact")
                .text("lastname", "Last")
                .with("emailaddress1", ColumnKind.STRING, number -> "contact" + number + "@example.com")
                .with("birthdate", ColumnKind.DATE, Seeds.rarely(2, Seeds.day(9)))
                .with("familystatuscode", ColumnKind.PICKLIST, Seeds.whole(4, 4))
                .customer("parentcustomerid", linkedAccounts(0))
                .usual()
                .grown(size.groups())
                .currency()
                .publish(sandbox, "fullname");
    }

    private void goods() {
        table("vin_winery")
                .text("vin_name", "Winery")
                .with("vin_foundedon", ColumnKind.DATE, Seeds.day(21))
                .with("vin_latitude", ColumnKind.DOUBLE, Seeds.fraction(1))
                .with(DataverseColumn.lookup("vin_accountid", "account"), linkedAccounts(1));
        table("vin_vineyard")
                .text("vin_name", "Vineyard")
                .with("vin_hectares", ColumnKind.DECIMAL, Seeds.decimal(3, 10))
                .lookup("vin_wineryid", "vin_winery");
        table("vin_product")
                .text("vin_name", "Product")
                .with("vin_price", ColumnKind.MONEY, Seeds.money(3))
                .with("vin_vintage", ColumnKind.INTEGER, Seeds.whole(7, 40))
                .with("vin_allergens", ColumnKind.MULTISELECT, Seeds.rarely(3, Seeds.same("1,3")))
                .with("iscustomizable", ColumnKind.MANAGED, Seeds.managed("iscustomizable"))
                .lookup("vin_wineryid", "vin_winery")
                .lookup("vin_parentproductid", "vin_product");
        table("vin_harvest")
                .text("vin_name", "Harvest")
                .with("vin_pickedon", ColumnKind.DATETIME, Seeds.moment(5))
                .with("vin_kilograms", ColumnKind.DECIMAL, Seeds.decimal(9, 10))
                .lookup("vin_vineyardid", "vin_vineyard");
        table("vin_bottling")
                .text("vin_name", "Bottling")
                .with("vin_bottles", ColumnKind.BIGINT, number -> 5_000_000_000L + number)
                .lookup("vin_harvestid", "vin_harvest")
                .lookup("vin_productid", "vin_product");
        table("vin_analysis")
                .text("vin_name", "Analysis")
                .with("vin_alcohol", ColumnKind.DOUBLE, Seeds.fraction(5))
                .lookup("vin_bottlingid", "vin_bottling");
        table("vin_candidate")
                .text("vin_name", "Candidate")
                .with("vin_score", ColumnKind.INTEGER, Seeds.whole(6, 100))
                .lookup("vin_productid", "vin_product");
        for (String name :
                new String[] {"winery", "vineyard", "product", "harvest", "bottling", "analysis", "candidate"}) {
            wide("vin_" + name, "vin_name");
        }
    }

    private void trade() {
        table("vin_order")
                .text("vin_ordernumber", "O")
                .with("vin_total", ColumnKind.MONEY, Seeds.money(11))
                .with("vin_orderedon", ColumnKind.DATETIME, Seeds.moment(8))
                .customer("vin_customerid", linkedAccounts(2));
        wide("vin_order", "vin_ordernumber");
        table("vin_orderline")
                .text("vin_name", "Line")
                .with("vin_quantity", ColumnKind.DECIMAL, Seeds.decimal(15, 10))
                .with("vin_amount", ColumnKind.MONEY, Seeds.money(16))
                .lookup("vin_orderid", "vin_order")
                .lookup("vin_productid", "vin_product");
        wide("vin_orderline", "vin_name");
        table("vin_shipment")
                .text("vin_name", "Shipment")
                .with("vin_shippedon", ColumnKind.DATE, Seeds.day(4))
                .lookup("vin_orderid", "vin_order")
                .with(DataverseColumn.lookup("vin_carrierid", "account"), linkedAccounts(3));
        wide("vin_shipment", "vin_name");
        table("vin_feedback")
                .text("vin_name", "Feedback")
                .with("vin_text", ColumnKind.MEMO, Seeds.prose(500))
                .lookup("vin_orderid", "vin_order");
        wide("vin_feedback", "vin_name");
    }

    private void junctions() {
        junction("teammembership", "team", "systemuser");
        table("vin_vin_candidate_account").publishJunction(sandbox, "account", "vin_candidate", linkedAccounts(0));
        junction("vin_vin_candidate_contact", "contact", "vin_candidate");
        junction("vin_vin_product_vineyard", "vin_product", "vin_vineyard");
        junction("vin_vin_order_contact", "contact", "vin_order");
        table("vin_vin_winery_account").publishJunction(sandbox, "account", "vin_winery", linkedAccounts(4));
        table("vin_vin_product_account").publishJunction(sandbox, "account", "vin_product", linkedAccounts(5));
    }

    private void junction(String name, String first, String second) {
        table(name).publishJunction(sandbox, first, second, table(first).references(19));
    }

    private void wide(String name, String primaryName) {
        table(name).currency().usual().grown(size.groups()).publish(sandbox, primaryName);
    }

    /** One linked account after the other, from another one on each time. */
    private IntFunction<@Nullable Object> linkedAccounts(int turn) {
        TablePlan accounts = table("account");
        int linked = Math.min(size.linked(), accounts.rows());
        if (linked == 0) {
            return number -> null;
        }
        int stride = accounts.rows() / linked;
        return number -> new Reference(accounts.key((number + turn * 7) % linked * stride), "account");
    }

    private void plan(String logicalName, String entitySet, int share) {
        plans.put(logicalName, new TablePlan(logicalName, entitySet, share(share), plans));
    }

    private int share(int thousandths) {
        return (int) Math.max(2, (long) size.records() * thousandths / SHARES);
    }

    private TablePlan table(String name) {
        TablePlan plan = plans.get(name);
        if (plan == null) {
            throw new IllegalArgumentException("No table " + name);
        }
        return plan;
    }
}
