package dev.hardnet.cli;

import dev.hardnet.HarDNetException;
import dev.hardnet.InputSize;
import dev.hardnet.Network;
import dev.hardnet.graph.Shape;
import dev.hardnet.onnx.OnnxLayers;
import dev.hardnet.traffic.MachineBalance;
import dev.hardnet.traffic.TrafficReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet traffic}. */
@Command(name = "traffic", mixinStandardHelpOptions = true,
        description = {"Tell what a network moves between memory and processor, layer by layer, in four executions:",
            "framework: every layer by itself, concatenations and slices copied;",
            "concat-free: whoever reads a concatenation or slice reads its sources;",
            "this runtime's plan: batch norms and activations join the convolution before them, too;",
            "fused: pools join the convolution before them, too, and norms the convolution behind them.",
            "Each step reads its inputs and weights once and writes its output once, as float32; classes are bytes."})
final class TrafficCommand implements Callable<Integer> {
    private static final int HEAVIEST = 10;

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Source source;

    @ArgGroup
    private Input input;

    @Mixin
    private ClassMapOptions classMap;

    @Mixin
    private MachineOptions machine;

    @Option(names = "--threads", paramLabel = "T",
            description = "Threads that a measurement takes. Default: one for each processor.")
    private Integer threads;

    @Option(names = "--all", description = "List every layer in its order. Default: the ten that move most.")
    private boolean all;

    @Option(names = "--json", description = "Print JSON: the same figures, in bytes, elements and milliseconds.")
    private boolean json;

    /** What is counted. */
    private static final class Source {
        @Option(names = {"-n", "--network"}, paramLabel = "NAME",
                description = "The network; 'hardnet networks' lists them.")
        private String network;

        @Option(names = "--onnx", paramLabel = "FILE", description = "Any convolutional network as an ONNX file.")
        private Path onnx;
    }

    /** For which sizes. */
    private static final class Input {
        @Option(names = "--size", paramLabel = "PX|HxW", converter = InputSizeConverter.class,
                description = "Input size. Default: the file's own, or the network's published one.")
        private InputSize size;

        @Option(names = "--input", paramLabel = "Nx3xHxW", converter = InputShapeConverter.class,
                description = "Input size with the pictures of a batch, instead of --size.")
        private Shape shape;
    }

    @Override
    public Integer call() {
        TrafficReport report = report();
        TrafficReport shown = all ? report : report.heaviest(HEAVIEST);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, shown);
        } else {
            TrafficTable.print(out, shown);
        }
        return 0;
    }

    private TrafficReport report() {
        return source.onnx == null ? networkReport(Network.byName(source.network)) : fileReport();
    }

    private TrafficReport networkReport(Network network) {
        InputSize size = size() == null ? network.publishedSize() : size();
        var graph = network.graph(batch(), size.height(), size.width(), network.publishedClasses());
        return TrafficReport.of(network.name(), classMap.addTo(graph), balance());
    }

    private TrafficReport fileReport() {
        if (classMap.areAskedFor()) {
            throw new HarDNetException("--onnx counts a file as it stands, and --classes would change it; expected one "
                    + "of them.");
        }
        if (batch() != 1) {
            throw new HarDNetException("--onnx counts single pictures, and --input asks for %d; expected 1."
                    .formatted(batch()));
        }
        var layers = OnnxLayers.read(source.onnx, size());
        return TrafficReport.of(layers, balance());
    }

    private MachineBalance balance() {
        return machine.balance(threads == null ? Runtime.getRuntime().availableProcessors() : threads);
    }

    /** Null where none is given. */
    private InputSize size() {
        if (input == null) {
            return null;
        }
        return input.size != null ? input.size : new InputSize(input.shape.h(), input.shape.w());
    }

    private int batch() {
        return input == null || input.shape == null ? 1 : input.shape.n();
    }
}
