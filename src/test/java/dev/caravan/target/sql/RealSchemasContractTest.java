package dev.caravan.target.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.Columns;
import dev.caravan.schema.SafeNames;
import dev.caravan.schema.odata.EntitySet;
import dev.caravan.schema.odata.Metadata;
import dev.caravan.schema.odata.MetadataReader;
import dev.caravan.schema.odata.TableLayout;
import dev.caravan.target.sql.dialect.Dialect;
import dev.caravan.testing.TestData;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tables for every entity set of real services, in one kind of database. */
abstract class RealSchemasContractTest {
    /** An empty database. */
    abstract DataSource dataSource();

    abstract Dialect dialect();

    @ParameterizedTest
    @CsvSource({
        "embc-ess-2021-03-05.xml.gz, 256",
        "embc-ess-2022-10-27.xml.gz, 274",
        "jag-lcrb-2020-04-22.xml.gz, 334",
        "jag-lcrb-2020-11-16.xml.gz, 355",
        "Northwind4.xml, 26"
    })
    void makesATableOfEveryEntitySet(String file, int least) throws IOException {
        Metadata metadata;
        try (InputStream in = TestData.open("csdl/" + file)) {
            metadata = MetadataReader.read(in, 64L << 20);
        }
        DataSource source = dataSource();
        TableMaker maker = new TableMaker(source, dialect());
        Set<String> made = new HashSet<>();
        for (EntitySet set : metadata.sets()) {
            Columns columns = TableLayout.of(metadata, set, Optional.empty());
            String name = SafeNames.table(set.name());
            TargetTable table = TargetTable.ofRecords(dialect(), dialect().table("public", name), columns);
            maker.ensure(table, "public", name);
            maker.index(table, name);
            assertThat(maker.columns("public", name)).as(name).hasSize(columns.size() + 5);
            made.add(name);
        }
        assertThat(made).hasSize(metadata.sets().size()).hasSizeGreaterThanOrEqualTo(least);
        new JdbcTemplate(source).execute("SELECT 1");
    }
}
