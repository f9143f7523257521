package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.SandboxRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step taken out of the page route changes what arrives in the database. */
final class RoutesAreTheProgramIT {
    @TempDir
    Path folder = Path.of("");

    @Test
    void withoutNormaliseTheRawTextArrives() throws Exception {
        try (House house = house("normalise")) {
            house.sync();
            assertThat(house.one("SELECT NAME FROM things WHERE ID = 'T-1'")).isEqualTo("  Two  blanks ");
        }
        try (House house = house("nothing")) {
            house.sync();
            assertThat(house.one("SELECT NAME FROM things WHERE ID = 'T-1'")).isEqualTo("Two blanks");
        }
    }

    @Test
    void withoutValidateATextThatIsTooLongArrives() throws Exception {
        try (House house = house("validate")) {
            assertThat(house.sync().counts().failed()).isZero();
            assertThat(house.one("SELECT length(NAME) FROM things WHERE ID = 'T-2'"))
                    .isEqualTo("60");
        }
        try (House house = house("nothing")) {
            assertThat(house.sync().counts().failed()).isEqualTo(1);
        }
    }

    @Test
    void withoutIdentityNoHashArrives() throws Exception {
        try (House house = house("identity")) {
            house.sync();
            assertThat(house.one("SELECT count(*) FROM things WHERE _bridge_hash IS NULL"))
                    .isNotEqualTo("0");
        }
    }

    @Test
    void aFolderBehindALinkIsFound() throws Exception {
        Path link = Files.createSymbolicLink(
                folder.resolve("linked"), Path.of("routes").toAbsolutePath());
        try (House house = new House("jdbc:sqlite:" + folder.resolve("linked.db"), folder)
                .with("caravan.routes", link.toString())
                .things(3, "hash")) {
            assertThat(house.sync().counts().inserted()).isEqualTo(3);
        }
    }

    private House house(String without) throws IOException, SQLException {
        Path routes = folder.resolve("routes-" + without);
        copy(Path.of("routes"), routes);
        Path record = routes.resolve("pipeline/record.yaml");
        List<String> kept = Files.readAllLines(record).stream()
                .filter(line -> !line.contains("record." + without))
                .toList();
        Files.write(record, kept);
        House house = new House("jdbc:sqlite:" + folder.resolve(without + ".db"), folder)
                .with("caravan.routes", routes.toString())
                .things(3, "hash");
        house.sandbox.table("things").update(0, SandboxRow.values("NAME", "  Two  blanks "));
        house.sandbox.table("things").update(1, SandboxRow.values("NAME", "x".repeat(60)));
        return house;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
