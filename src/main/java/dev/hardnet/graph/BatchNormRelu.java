package dev.hardnet.graph;

import dev.hardnet.HarDNetException;
import java.util.ArrayList;
import java.util.List;

/**
 * Batch norm and ReLU in front of convolutions, as pre-activation networks have them. What is read once is written to
 * every destination, each with its own norm: one for each later layer that reads the map.
 *
 * @param name         its name in the graph
 * @param input        what is read: N x C x H x W
 * @param destinations where it is written, at least one
 */
public record BatchNormRelu(String name, View input, List<Destination> destinations) implements Operator {
    /**
     * A place that is written.
     *
     * @param output       the map, as many channels as are read
     * @param norm         the batch norm's key prefix
     * @param firstChannel where in the norm the map's channels begin
     * @param normChannels channels of the norm
     */
    public record Destination(FeatureMap output, String norm, int firstChannel, int normChannels) {
        /**
         * Checks the range.
         *
         * @throws HarDNetException when the map's channels leave the norm
         */
        public Destination {
            if (firstChannel < 0 || firstChannel > normChannels - output.shape().c()) {
                throw new HarDNetException("Channels %d to %d of %s do not exist; it has %d.".formatted(firstChannel,
                        (long) firstChannel + output.shape().c() - 1, norm, normChannels));
            }
        }

        private List<ParameterSpec> parameters() {
            return Parameters.normSpecs(norm, normChannels);
        }
    }

    /**
     * Checks the sizes and makes the list immutable.
     *
     * @throws HarDNetException when there is no destination, or one has other sizes than the input
     */
    public BatchNormRelu {
        destinations = List.copyOf(destinations);
        if (destinations.isEmpty()) {
            throw new HarDNetException("%s has no destinations; it needs at least one.".formatted(name));
        }
        for (Destination destination : destinations) {
            if (!destination.output().shape().equals(input.shape())) {
                throw new HarDNetException("%s reads a map of %s and writes one of %s; their sizes must be equal."
                        .formatted(name, input.shape(), destination.output().shape()));
            }
        }
    }

    @Override
    public String kind() {
        return destinations.size() == 1 ? "bn relu" : "bn relu to " + destinations.size();
    }

    @Override
    public List<View> reads() {
        return List.of(input);
    }

    @Override
    public FeatureMap output() {
        return destinations.getFirst().output();
    }

    @Override
    public List<FeatureMap> outputs() {
        return destinations.stream().map(Destination::output).toList();
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>();
        destinations.forEach(destination -> specs.addAll(destination.parameters()));
        return specs;
    }
}
