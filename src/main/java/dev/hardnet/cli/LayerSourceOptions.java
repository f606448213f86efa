package dev.hardnet.cli;

import dev.hardnet.InputSize;
import dev.hardnet.Network;
import dev.hardnet.onnx.OnnxLayers;
import dev.hardnet.traffic.GraphLayers;
import dev.hardnet.traffic.LayerGraph;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A network of ours or of an ONNX file, for one picture of some size. */
final class LayerSourceOptions {
    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(names = "--size", paramLabel = "PX|HxW", converter = InputSizeConverter.class,
            description = "Input size. Default: the file's own, or the network's published one.")
    private InputSize size;

    /** Where the layers come from. */
    private static final class Source {
        @Option(names = {"-n", "--network"}, paramLabel = "NAME",
                description = "The network; 'hardnet networks' lists them.")
        private String network;

        @Option(names = "--onnx", paramLabel = "FILE", description = "Any convolutional network as an ONNX file.")
        private Path onnx;
    }

    LayerGraph layers() {
        if (source.onnx != null) {
            return OnnxLayers.read(source.onnx, size);
        }
        Network network = Network.byName(source.network);
        InputSize input = size == null ? network.publishedSize() : size;
        return GraphLayers.of(network.name(), network.graph(1, input.height(), input.width(),
                network.publishedClasses()));
    }
}
