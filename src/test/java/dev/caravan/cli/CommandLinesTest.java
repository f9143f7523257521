package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Terminal.Said;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Verbs that need no state. */
class CommandLinesTest {
    @TempDir
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
    }

    @Test
    void saysItsVersion() {
        assertThat(terminal.run("version").out()).startsWith("caravan ").contains("Java");
        assertThat(terminal.run("version", "--json").out()).contains("\"name\" : \"caravan\"");
    }

    @Test
    void wantsAVerb() {
        Said said = terminal.run();

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("Usage: caravan").contains("dead-letters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "sync --nonsense",
                "sync --limit 0",
                "sync --limit x",
                "sync --wait soon",
                "sync --full --since 1",
                "approve",
                "cursors set erp.items",
                "cursors reset",
                "runs --limit 0",
                "runs --limit -1",
                "runs --limit 99999999999",
                "dead-letters list --limit 0",
                "dead-letters edit x",
                "dead-letters edit x --set A=1 --null a",
                "dead-letters list --stage verify",
                "dead-letters list --type nothing",
                "dead-letters retry --stage x",
                "dead-letters drop --stage x",
                "dead-letters drop",
                "verify --keys --repair",
                "verify --json --format html",
                "verify --output /nowhere/report.html",
                "verify --output .",
                "schema diff --format pdf",
                "schema diff --output /nowhere/diff.html",
                "schedule pause",
                "schema approve",
                "mappings set items A",
                "completion tcsh",
                "bench --rows 0",
                "help nonsense",
                "dead-letters show"
            })
    void endsWithTwoForWrongUsage(String line) {
        terminal.configure(Terminal.ERP);
        Said said = terminal.run(line.split(" ", -1));

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).isNotBlank().doesNotContain("Unexpected", "Exception");
        assertThat(said.out()).doesNotContain("Usage");
        assertThat(terminal.operations.calls).doesNotContain("verify []");
    }

    @Test
    void helpsWithAVerb() {
        assertThat(terminal.run("help", "sync").out())
                .isEqualTo(terminal.run("sync", "--help").out());
        assertThat(terminal.run("help").out()).contains("Usage: caravan", "dead-letters");
    }

    @Test
    void oneConnectorThatCannotBeAskedDoesNotHideTheOthers() {
        terminal.configure(Terminal.ERP + Terminal.ERP.replace("erp", "two"));
        terminal.operations.unreachable =
                Map.of("erp", new CaravanException(FaultKind.TRANSIENT, "SOURCE_UNREACHABLE", "It cannot be reached"));
        Said said = terminal.run("discover");
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.out()).contains("two.items: new");
        assertThat(said.err()).isEqualTo("caravan: erp: It cannot be reached\n");
        assertThat(terminal.run("discover", "--json").out()).contains("\"SOURCE_UNREACHABLE\"", "two.items: new");
        assertThat(terminal.run("discover", "erp").code()).isEqualTo(1);

        terminal.operations.unreachable =
                Map.of("erp", new CaravanException(FaultKind.DENIED, "TOKEN_REFUSED", "Its token is refused"));
        assertThat(terminal.run("discover").code()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "init",
                "check",
                "discover",
                "sync",
                "serve",
                "status",
                "runs",
                "dead-letters",
                "dead-letters list",
                "dead-letters retry",
                "dead-letters edit",
                "dead-letters drop",
                "cursors",
                "cursors import",
                "schedule",
                "schedule pause",
                "schema",
                "schema history",
                "approve",
                "approve deletes",
                "bench",
                "completion",
                "version"
            })
    void everyVerbHasHelpAndTheGlobalOptions(String verb) {
        Said said = terminal.run((verb + " --help").split(" ", -1));

        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("Usage: caravan " + verb, "--json", "--quiet", "--config", "Exit codes:");
    }

    @Test
    void printsACompletionScript() {
        for (String shell : new String[] {"bash", "zsh"}) {
            assertThat(terminal.run("completion", shell).out())
                    .isEqualTo(terminal.run("completion").out())
                    .contains("complete -F", "bashcompinit", "dead-letters");
        }
        assertThat(terminal.run("completion", "fish").out())
                .contains(
                        "-n 'not __fish_seen_subcommand_from demo init check ",
                        "-a sync -d 'Sync once, all entities or those named.'",
                        "-n '__fish_seen_subcommand_from sync' -l wait -x -d '",
                        "-n '__fish_seen_subcommand_from sync' -l config -r -F -d '",
                        "-n '__fish_seen_subcommand_from verify' -l format -x -a 'text json html' -d '",
                        "-n '__fish_seen_subcommand_from completion' -a 'bash zsh fish' -d '",
                        "-n '__fish_seen_subcommand_from init' -a 'apismith dataverse' -d '",
                        "-n '__fish_seen_subcommand_from dead-letters; and __fish_seen_subcommand_from list' -l stage");
        assertThat(terminal.run("completion", "fish").out()).doesNotContain("%n");
        assertThat(terminal.run("completion", "tcsh").err()).contains("tcsh");
    }

    @Test
    void handsArgumentsToTheBenchmark() {
        assertThat(terminal.run("bench", "--rows", "7", "--delta", "1").code()).isEqualTo(7);
        assertThat(terminal.run("bench", "--rows", "7", "--delta", "8").code()).isEqualTo(2);
        assertThat(terminal.run("bench", "--postgresql", "localhost").err()).contains("jdbc:postgresql:");
    }

    @Test
    void everyVerbIsDocumented() throws IOException {
        String page = Files.readString(Path.of("docs/reference/command-line.md"));
        GlobalOptions options = new GlobalOptions();
        CommandLine line = CommandLines.commandLine(new Context(terminal.surroundings(), options), options);

        assertThat(line.getSubcommands()).hasSizeGreaterThan(15);
        line.getSubcommands().forEach((name, verb) -> {
            assertThat(page).contains("| `" + name);
            String row = page.lines()
                    .filter(text -> text.startsWith("| `" + name))
                    .findFirst()
                    .orElseThrow();
            assertThat(verb.getSubcommands().keySet())
                    .allSatisfy(below -> assertThat(row).contains(below));
        });
        for (ExitCode code : ExitCode.values()) {
            assertThat(page).containsPattern("\\| (130, )?" + code.number() + "\\b");
        }
    }

    @Test
    void discoversTheConnectorAskedFor() {
        terminal.configure(Terminal.ERP + Terminal.ERP.replace("erp", "two"));
        Said said = terminal.run("discover", "two");

        assertThat(said.code()).isZero();
        assertThat(terminal.operations.calls).containsExactly("discover two", "close");
        assertThat(said.out()).contains("two.items: new");
        assertThat(terminal.run("discover", "three").err()).contains("No connector is called three; there is erp, two");
    }

    @Test
    void servesUntilItIsStopped() {
        terminal.configure(Terminal.ERP);

        assertThat(terminal.run("serve").out()).isEqualTo("Caravan serves; Ctrl-C stops it.\n");
        assertThat(terminal.operations.calls).containsExactly("serve", "close");
    }
}
