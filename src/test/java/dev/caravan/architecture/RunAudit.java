package dev.caravan.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs last in {@code mvn verify}: every test class that was compiled has been executed in this build, and nothing was
 * skipped but for one of the reasons listed here. A build that was asked for some of its tests only is not judged.
 */
class RunAudit {
    /** What a skipped test may say. */
    private static final List<String> GOOD_REASONS = List.of(
            // Documents of others, which are not ours to hand on, are in a folder that this variable names.
            "CARAVAN_TEST_DATA");

    @BeforeAll
    static void onlyWholeBuilds() {
        for (String key : List.of("caravan.test", "caravan.it")) {
            assumeFalse(System.getProperty(key, "$").matches("[^$].*"), "some tests only");
        }
    }

    @Test
    void everyTestClassWasExecutedInThisBuild() throws IOException, ReflectiveOperationException {
        Instant started = Instant.parse(System.getProperty("caravan.build-started"));
        Set<String> left = new TreeSet<>();
        int found = 0;
        for (String name : testClasses()) {
            String folder = name.endsWith("IT") ? "failsafe-reports" : "surefire-reports";
            Path report = Path.of("target", folder, "TEST-" + name + ".xml");
            found++;
            if (!Files.exists(report)
                    || Files.getLastModifiedTime(report).toInstant().isBefore(started)) {
                left.add(name);
            }
        }
        assertThat(left).as("test classes that were not executed").isEmpty();
        assertThat(found).as("test classes").isGreaterThan(50);
    }

    private static List<String> testClasses() throws IOException, ReflectiveOperationException {
        Path root = Path.of("target", "test-classes");
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = root.relativize(file).toString().replace('/', '.');
                if (name.matches("[^$]+(Test|IT)\\.class")) {
                    names.add(name.substring(0, name.length() - 6));
                }
            }
        }
        names.removeIf(name -> !isExpected(name));
        return names;
    }

    private static boolean isExpected(String name) {
        try {
            Class<?> type = Class.forName(name, false, RunAudit.class.getClassLoader());
            List<String> excluded = Arrays.asList(
                    System.getProperty("caravan.excluded-groups", "").split(","));
            return !Modifier.isAbstract(type.getModifiers())
                    && Arrays.stream(type.getAnnotationsByType(Tag.class))
                            .noneMatch(tag -> excluded.contains(tag.value()));
        } catch (ClassNotFoundException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Test
    void nothingWasSkippedWithoutAReason() throws IOException, XMLStreamException {
        List<String> skipped = new ArrayList<>();
        for (String folder : List.of("surefire-reports", "failsafe-reports")) {
            try (Stream<Path> files = Files.list(Path.of("target", folder))) {
                for (Path file : (Iterable<Path>) files.filter(RunAudit::isReport)::iterator) {
                    skipped.addAll(skipped(file));
                }
            }
        }
        skipped.removeIf(test -> GOOD_REASONS.stream().anyMatch(test::contains));
        assertThat(skipped).isEmpty();
    }

    /** A class's report, not the summary beside them. */
    private static boolean isReport(Path file) {
        return file.getFileName().toString().matches("TEST-.*\\.xml");
    }

    private static List<String> skipped(Path report) throws IOException, XMLStreamException {
        List<String> skipped = new ArrayList<>();
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            String test = "";
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamReader.START_ELEMENT) {
                    continue;
                }
                String name = xml.getLocalName();
                if (name.equals("testcase")) {
                    test = xml.getAttributeValue(null, "classname") + "." + xml.getAttributeValue(null, "name");
                } else if (name.equals("skipped")) {
                    skipped.add(test + ": " + xml.getAttributeValue(null, "message") + xml.getElementText());
                }
            }
        }
        return skipped;
    }
}
