package dev.hardnet.graph;

import java.util.List;

/** Stores a network's feature maps as bfloat16, for backends that have kernels for such maps. */
public final class Bfloat16Maps {
    private Bfloat16Maps() {
    }

    /**
     * Changes the type of all maps of float32, the input's and the outputs' too.
     *
     * @param graph any graph
     * @return the same operators over maps of {@link ElementType#BFLOAT16}; classes stay bytes
     */
    public static Graph apply(Graph graph) {
        MapRenumbering maps = new MapRenumbering(graph.input(),
                type -> type == ElementType.FLOAT32 ? ElementType.BFLOAT16 : type);
        List<Operator> operators = graph.operators().stream().map(maps::copy).toList();
        return new Graph(maps.copy(graph.input()), operators, graph.outputs().stream().map(maps::copy).toList());
    }
}
