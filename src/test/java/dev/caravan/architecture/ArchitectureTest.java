package dev.caravan.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may know whom. */
final class ArchitectureTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.caravan");

    @Test
    void onlyRouteAndCommandLineKnowCamel() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages("dev.caravan.route..", "dev.caravan.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .because("a decision is a plain bean; put what adapts it to Camel into dev.caravan.route");
        rule.check(HOUSE);
    }

    @ParameterizedTest
    @CsvSource({
        "model, fault source normalize mapping identity delta schema target store config route cli sandbox",
        "fault, source normalize mapping identity delta schema target store config route cli sandbox",
        "source, normalize mapping identity delta schema target store config route cli sandbox",
        "normalize, source mapping identity delta schema target store config route cli sandbox",
        "mapping, source normalize identity delta schema target store config route cli sandbox",
        "identity, source normalize mapping delta schema target store config route cli sandbox",
        "delta, source normalize mapping identity schema target store config route cli sandbox",
        "schema, source normalize mapping identity delta target store config route cli sandbox",
        "target, source normalize mapping identity store config route cli sandbox",
        "store, source normalize mapping identity delta schema target config route cli sandbox",
        "config, source normalize mapping identity delta schema target store route cli sandbox",
        "route, cli sandbox",
        "sandbox, model fault source normalize mapping identity delta schema target store config route cli bench",
        "bench, model fault source normalize mapping identity delta schema target store config route cli sandbox"
    })
    void aRoomKnowsOnlyThoseBelowIt(String room, String strangers) {
        for (String stranger : strangers.split(" ", -1)) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.caravan." + room + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.caravan." + stranger + "..")
                    .because(
                            "the rooms of the house are built on one another; move the class, or hand in what it needs")
                    .check(HOUSE);
        }
    }
}
