package dev.hardnet.traffic.scalesim;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.Shape;
import dev.hardnet.traffic.ConvolutionSizes;
import dev.hardnet.traffic.Layer;
import dev.hardnet.traffic.LayerGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A network as SCALE-Sim reads it: its convolutions and linear layers. The simulator knows no padding and no dilation,
 * so the input of a layer is given as large as a dense window of that stride needs for the output's rows and columns;
 * that is the padded input, unless windows leave out its last rows, or are dilated. Transposed convolutions and
 * strides that differ between rows and columns have no line.
 *
 * @param network the network's name
 * @param layers  the layers that have lines, in their order
 * @param leftOut those that should and have none, then a file's nodes that are not supported
 */
public record Topology(String network, List<SimulatedLayer> layers, List<LeftOutLayer> leftOut) {
    /** Makes the lists immutable. */
    public Topology {
        layers = List.copyOf(layers);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Describes a network.
     *
     * @param graph the network for one picture
     * @return its layers
     * @throws HarDNetException when it is for several pictures, or no layer is left
     */
    public static Topology of(LayerGraph graph) {
        List<SimulatedLayer> layers = new ArrayList<>();
        List<LeftOutLayer> leftOut = new ArrayList<>();
        for (Layer layer : graph.layers()) {
            switch (layer.kind()) {
                case CONV, DEPTHWISE_CONV -> addConvolution(layer, layers, leftOut);
                case LINEAR -> layers.add(new SimulatedLayer(layer, List.of(linear(layer))));
                case TRANSPOSED_CONV -> leftOut.add(new LeftOutLayer(layer.name(), "It is a transposed convolution."));
                default -> { }
            }
        }
        graph.unsupported().forEach(node -> leftOut.add(new LeftOutLayer(node.node(), node.reason())));
        if (layers.isEmpty()) {
            throw new HarDNetException("%s has no convolution or linear layer to simulate.".formatted(graph.name()));
        }
        return new Topology(graph.name(), layers, leftOut);
    }

    private static void addConvolution(Layer layer, List<SimulatedLayer> layers, List<LeftOutLayer> leftOut) {
        ConvolutionSizes sizes = layer.convolution().orElseThrow();
        int batch = layer.writes().shape().n();
        if (batch != 1) {
            throw new HarDNetException("The layer %s computes %d pictures at once; SCALE-Sim's layers are of one."
                    .formatted(layer.name(), batch));
        }
        if (sizes.strideHeight() != sizes.strideWidth()) {
            leftOut.add(new LeftOutLayer(layer.name(), "Its strides of %d rows and %d columns differ."
                    .formatted(sizes.strideHeight(), sizes.strideWidth())));
            return;
        }
        layers.add(new SimulatedLayer(layer, rows(layer, sizes)));
    }

    private static List<TopologyRow> rows(Layer layer, ConvolutionSizes sizes) {
        return switch (layer.kind()) {
            case DEPTHWISE_CONV -> List.of(row(layer.name(), layer, sizes, true));
            default -> IntStream.range(0, sizes.groups())
                    .mapToObj(group -> sizes.groups() == 1 ? layer.name() : layer.name() + "_group" + group)
                    .map(name -> row(name, layer, sizes, false)).toList();
        };
    }

    private static TopologyRow row(String name, Layer layer, ConvolutionSizes sizes, boolean depthwise) {
        Shape output = layer.writes().shape();
        int channels = layer.reads().getFirst().shape().c();
        int stride = sizes.strideHeight();
        return new TopologyRow(name, covered(output.h(), stride, sizes.kernelHeight()),
                covered(output.w(), stride, sizes.kernelWidth()), sizes.kernelHeight(), sizes.kernelWidth(),
                depthwise ? channels : channels / sizes.groups(), output.c() / sizes.groups(), stride, depthwise);
    }

    /** From the first window's beginning to the last one's end. */
    private static int covered(int windows, int stride, int kernel) {
        return Math.addExact(Math.multiplyExact(windows - 1, stride), kernel);
    }

    /** A product with a matrix: a 1x1 convolution of one pixel for each vector. */
    private static TopologyRow linear(Layer layer) {
        long inputs = layer.macs() / layer.writes().elements();
        long vectors = layer.reads().getFirst().elements() / inputs;
        return new TopologyRow(layer.name(), Math.toIntExact(vectors), 1, 1, 1, Math.toIntExact(inputs),
                Math.toIntExact(layer.writes().elements() / vectors), 1, false);
    }

    /**
     * Writes the topology.
     *
     * @param format the simulator's version
     * @return the file's text
     */
    public String csv(TopologyFormat format) {
        return layers.stream().flatMap(layer -> layer.rows().stream()).map(row -> row.line(format))
                .collect(Collectors.joining("\n", format.header() + "\n", "\n"));
    }
}
