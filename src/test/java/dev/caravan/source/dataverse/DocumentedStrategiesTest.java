package dev.caravan.source.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of the documentation that says which strategy a table gets, row by row. */
final class DocumentedStrategiesTest {
    @Test
    void areThoseThatAreChosen() throws IOException {
        List<String[]> rows = Files.readAllLines(Path.of("docs/connectors/dataverse.md")).stream()
                .filter(line -> line.matches("\\|( (yes|no) \\|){4} [a-z]+ \\|"))
                .map(line -> line.substring(2, line.length() - 2).split(" \\| ", -1))
                .toList();

        assertThat(rows).hasSize(8).allSatisfy(row -> {
            Strategies.Facts facts = new Strategies.Facts(is(row[0]), is(row[1]), is(row[2]), is(row[3]));
            assertThat(Strategies.choose("t", "auto", facts).strategy().text())
                    .as(String.join(" ", row))
                    .isEqualTo(row[4]);
        });
    }

    private static boolean is(String cell) {
        return cell.equals("yes");
    }
}
