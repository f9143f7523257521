package dev.caravan.cli;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: prints a script that completes words in bash, zsh or fish. */
@Command(
        name = "completion",
        description =
                "Print a completion script: source <(caravan completion); for fish, caravan completion fish | source")
final class CompletionVerb implements Callable<Integer> {
    private final Context context;

    /** The shells that are known. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", arity = "0..1", description = "bash (the default), zsh or fish.")
    private Shell shell = Shell.BASH;

    CompletionVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String script = shell == Shell.FISH
                ? FishCompletion.of(spec.root())
                : AutoComplete.bash("caravan", spec.root().commandLine());
        if (context.output().isJson()) {
            context.output().json(Map.of("shell", shell.toString(), "script", script));
            return ExitCode.OK.number();
        }
        context.surroundings().out().print(script);
        context.surroundings().out().flush();
        return ExitCode.OK.number();
    }
}
