package dev.hardnet.traffic.scalesim;

import dev.hardnet.traffic.Layer;
import java.util.List;

/**
 * A layer and the lines that describe it.
 *
 * @param layer the layer
 * @param rows  one line, or one for each group of a grouped convolution
 */
public record SimulatedLayer(Layer layer, List<TopologyRow> rows) {
    /** Makes the list immutable. */
    public SimulatedLayer {
        rows = List.copyOf(rows);
    }

    /**
     * The lines of a report that it leads to.
     *
     * @return at least 1
     */
    public int reportRows() {
        return rows.stream().mapToInt(TopologyRow::reportRows).sum();
    }

    /**
     * What our counts expect to be moved: the elements of its input and its output.
     *
     * @return elements, each once
     */
    public long elements() {
        return layer.reads().getFirst().elements() + layer.writes().elements();
    }
}
