package dev.hardnet.traffic;

import java.util.ArrayList;
import java.util.List;

/** Layers that run as one step: reads as much as the main layer does, and writes what the last writes. */
final class FusedStep {
    private final List<Layer> before = new ArrayList<>();
    private final Layer main;
    private final List<Layer> after = new ArrayList<>();

    FusedStep(Layer main) {
        this.main = main;
    }

    /** Takes a layer that reads what this step has written so far. */
    void append(Layer layer) {
        after.add(layer);
    }

    /** Takes a pointwise step whose output only the main layer reads: it reads that step's input instead. */
    void prepend(FusedStep step) {
        before.addAll(step.layers());
    }

    Layer main() {
        return main;
    }

    boolean hasPool() {
        return layers().stream().anyMatch(layer -> layer.kind().isPool());
    }

    /** Whether it is a resize and nothing else. */
    boolean isResize() {
        return main.kind() == LayerKind.RESIZE && before.isEmpty() && after.isEmpty();
    }

    boolean isPointwise() {
        return layers().stream().allMatch(Layer::isPointwise);
    }

    List<Layer> layers() {
        List<Layer> layers = new ArrayList<>(before);
        layers.add(main);
        layers.addAll(after);
        return layers;
    }

    /** What the main layer reads; a pointwise step before it reads as many elements. */
    List<LayerTensor> reads() {
        return main.reads();
    }

    LayerTensor writes() {
        return layers().getLast().writes();
    }

    StepTraffic traffic() {
        List<Layer> layers = layers();
        return new StepTraffic(main.name(), layers.stream().map(Layer::name).toList(),
                layers.stream().mapToLong(Layer::macs).sum(),
                Traffic.of(reads(), writes(), weights()));
    }

    private long weights() {
        long all = layers().stream().mapToLong(Layer::weights).sum();
        boolean folds = main.kind().hasKernel() && !after.isEmpty()
                && after.getFirst().kind() == LayerKind.BATCH_NORM;
        return folds ? all - main.weights() - after.getFirst().weights() + foldedWeights() : all;
    }

    /** The kernel, and a bias for each output channel. */
    private long foldedWeights() {
        return kernelElements(main) + main.writes().shape().c();
    }

    private static long kernelElements(Layer layer) {
        long outputs = layer.writes().shape().c();
        long inputs = layer.reads().getFirst().shape().elements() / layer.reads().getFirst().shape().n();
        return layer.convolution().map(sizes -> outputs * layer.reads().getFirst().shape().c() / sizes.groups()
                * sizes.kernelHeight() * sizes.kernelWidth()).orElse(outputs * inputs);
    }
}
