package dev.hardnet.traffic;

import java.util.List;

/**
 * A network as a framework that runs every operator by itself sees it: what traffic is counted of.
 *
 * @param name        the network's name or the file's
 * @param inputs      what it reads
 * @param layers      the layers, each after those it reads from
 * @param outputs     what it gives
 * @param unsupported nodes that are counted in no figure
 */
public record LayerGraph(String name, List<LayerTensor> inputs, List<Layer> layers, List<LayerTensor> outputs,
        List<UnsupportedNode> unsupported) {
    /** Makes the lists immutable. */
    public LayerGraph {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
        outputs = List.copyOf(outputs);
        unsupported = List.copyOf(unsupported);
    }
}
