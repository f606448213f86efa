package dev.hardnet.cli;

import dev.hardnet.Model;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet convert}. */
@Command(name = "convert", mixinStandardHelpOptions = true,
        description = "Check a checkpoint against its network and write it as safetensors.")
final class ConvertCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions model;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "OUT.safetensors",
            description = "The file to write; an existing one is replaced when all is done.")
    private Path output;

    @Override
    public Integer call() {
        try (Model loaded = model.loadOrSynthetic()) {
            loaded.writeSafetensors(output);
            spec.commandLine().getOut().printf("%s: %s, %d classes, from %s%n", output, loaded.network(),
                    loaded.classes(), loaded.origin());
        }
        return 0;
    }
}
