package dev.hardnet.traffic;

import java.util.List;

/**
 * What one step of an execution moves and computes.
 *
 * @param name    the layer it is named after: its convolution, else its first layer; a plan's operator
 * @param layers  the layers that it runs, at least one
 * @param macs    multiply-adds of convolutions and linear layers
 * @param traffic what it moves
 */
public record StepTraffic(String name, List<String> layers, long macs, Traffic traffic) {
    /** Makes the list immutable. */
    public StepTraffic {
        layers = List.copyOf(layers);
    }

    /**
     * A step of one layer, run as a framework runs it.
     *
     * @param layer the layer
     * @return its step
     */
    static StepTraffic of(Layer layer) {
        return new StepTraffic(layer.name(), List.of(layer.name()), layer.macs(), Traffic.of(layer));
    }
}
