package dev.caravan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code caravan} without a verb: says what there is, and that a verb is missing. */
@Command(
        name = "caravan",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Version.class,
        description = "Carries records between business systems and SQL databases.",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0 all well, 1 nothing finished, 2 usage or configuration, 3 partly,",
            "  4 login or rights, 5 throttled, 6 schema change, 7 deletions wait,",
            "  8 locked, 130 and 143 stopped by a signal"
        })
final class RootVerb implements Callable<Integer> {
    @Mixin
    private final GlobalOptions options;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RootVerb(GlobalOptions options) {
        this.options = options;
    }

    GlobalOptions options() {
        return options;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.CONFIGURATION.number();
    }
}
