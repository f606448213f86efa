package dev.hardnet.cli;

import dev.hardnet.InputSize;
import dev.hardnet.Model;
import dev.hardnet.SessionOptions;
import dev.hardnet.onnx.OnnxExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet export-onnx}. */
@Command(name = "export-onnx", mixinStandardHelpOptions = true,
        description = "Write a network and its weights as an ONNX file for other runtimes; the batch stays open.")
final class ExportOnnxCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions model;

    @Option(names = "--size", paramLabel = "PX|HxW", converter = InputSizeConverter.class,
            description = "Input size. Default: the model's own, or the network's published one.")
    private InputSize size;

    @Mixin
    private ClassMapOptions classMap;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "OUT.onnx",
            description = "The file to write; an existing one is replaced when all is done.")
    private Path output;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** What was written. */
    private record Result(String file, String network, String weights, int classes, int height, int width, int opset,
                          long bytes) {
    }

    @Override
    public Integer call() {
        try (Model loaded = model.loadOrEmbedded()) {
            InputSize input = size == null ? loaded.inputSize() : size;
            write(loaded, input);
            report(new Result(output.toString(), loaded.network().name(), loaded.origin(), loaded.classes(),
                    input.height(), input.width(), OnnxExport.OPSET, Files.size(output)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return 0;
    }

    private void write(Model loaded, InputSize input) {
        SessionOptions options =
                classMap.addTo(SessionOptions.builder().size(input.height(), input.width())).build();
        try (SlowProgress progress = new SlowProgress("export")) {
            loaded.writeOnnx(output, options, progress);
        }
    }

    private void report(Result result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, result);
        } else {
            out.printf("%s: %s, %d classes, input batch x 3 x %d x %d, operators of version %d, from %s%n", result.file,
                    result.network, result.classes, result.height, result.width, result.opset, result.weights);
        }
    }
}
