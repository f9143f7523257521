package dev.caravan.schema.odata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.testing.Proof;
import dev.caravan.testing.TestData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process with 64 MB reads the largest documents there are. */
final class MetadataMemoryIT {
    private static List<String> read(String... documents) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MetadataChild.class.getName()));
        command.addAll(List.of(documents));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    @Test
    void aDocumentOfFiftyMegabytesFits() throws IOException, InterruptedException {
        List<String> said = read("made:2000");

        assertThat(said).containsExactly("made:2000 2000 122000");
        Proof.say("-Xmx64m, $metadata of about 53 MB: " + said);
    }

    @Test
    void theRealDocumentsFitOneAfterTheOther() throws IOException, InterruptedException {
        List<String> files = new ArrayList<>();
        for (String file : List.of(
                "embc-ess-2021-03-05.xml.gz",
                "embc-ess-2022-10-27.xml.gz",
                "jag-lcrb-2020-04-22.xml.gz",
                "jag-lcrb-2020-11-16.xml.gz",
                "Northwind4.xml")) {
            files.add(TestData.path("csdl/" + file).toString());
        }
        List<String> said = read(files.toArray(new String[0]));

        assertThat(said).hasSize(5);
        assertThat(said.get(4)).startsWith("Northwind4.xml ");
        Proof.say("-Xmx64m, real documents: " + said);
    }
}
