package dev.hardnet.cli;

import dev.hardnet.InputSize;
import dev.hardnet.SessionOptions;
import picocli.CommandLine.Option;

/** The shape of a session's input. */
final class InputOptions {
    @Option(names = "--batch", paramLabel = "N", defaultValue = "1", description = "Pictures per run. Default: 1.")
    private int batch;

    @Option(names = "--size", paramLabel = "PX|HxW", converter = InputSizeConverter.class,
            description = "Input size. Default: the model's own, or the network's published one.")
    private InputSize size;

    SessionOptions.Builder addTo(SessionOptions.Builder options) {
        options.batch(batch);
        return size == null ? options : options.size(size.height(), size.width());
    }
}
