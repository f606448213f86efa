package dev.hardnet.network;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.View;

/**
 * The layers that the authors' networks consist of, added to a graph under the names of their modules.
 *
 * @param graph      the graph
 * @param activation what follows each dense convolution
 * @param multiplier of the harmonic dense blocks
 */
record Layers(GraphBuilder graph, Activation activation, double multiplier) {
    /** A convolution of padding kernel / 2, its batch norm and the activation. */
    View conv(String module, View from, int channels, int kernel, int stride) {
        return graph.conv(module, from, channels, kernel, stride, activation,
                Parameters.normalized(module + ".conv.weight", module + ".norm"));
    }

    /** A depthwise 3x3 and its batch norm, without activation. */
    View depthwiseConv(String module, View from, int stride) {
        return graph.depthwiseConv(module, from, 3, stride, Activation.NONE,
                Parameters.normalized(module + ".dwconv.weight", module + ".norm"));
    }

    /** A harmonic dense block of 3x3 convolutions. */
    View block(String module, View from, int layers, int growth) {
        return new HarmonicBlock(layers, growth, multiplier).build(module, from,
                (layer, inputs, channels) -> conv(layer, inputs, channels, 3, 1));
    }

    /** A harmonic dense block of separable layers: a 1x1 and a depthwise 3x3. */
    View separableBlock(String module, View from, int layers, int growth) {
        return new HarmonicBlock(layers, growth, multiplier).build(module, from, (layer, inputs, channels) ->
                depthwiseConv(layer + ".layer2", conv(layer + ".layer1", inputs, channels, 1, 1), 1));
    }
}
