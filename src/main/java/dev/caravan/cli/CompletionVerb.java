package dev.caravan.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: prints a script that completes words in bash and zsh. */
@Command(name = "completion", description = "Print a completion script: source <(caravan completion)")
final class CompletionVerb implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("caravan", spec.root().commandLine());
        context.surroundings().out().print(script);
        context.surroundings().out().flush();
        return ExitCode.OK.number();
    }
}
