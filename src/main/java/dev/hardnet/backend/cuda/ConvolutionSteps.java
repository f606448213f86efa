package dev.hardnet.backend.cuda;

import dev.hardnet.Precision;
import dev.hardnet.backend.cuda.ConvolutionChooser.Choice;
import dev.hardnet.backend.cuda.ConvolutionLaunches.Operands;
import dev.hardnet.graph.Weighted;
import dev.hardnet.plan.Step;
import dev.hardnet.weights.WeightStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Launches for convolutions and linear layers, which are convolutions of 1x1 pixels. */
final class ConvolutionSteps {
    /** The own convolution reads the weights of this many output channels at a time. */
    private static final int OUTPUTS = 4;

    private final ConvolutionLaunches launches;
    private final ConvolutionChooser chooser;
    private final StripMemory maps;
    private final DeviceWeights weights;
    private final WeightStore store;
    private final DeferredNorms deferred;
    private final KernelCalls calls;
    private final Precision precision;
    /** By the index of the step. */
    private final Map<Integer, String> kinds = new HashMap<>();

    /** Copies to further places are launched by calls of their own. */
    ConvolutionSteps(KernelCalls calls, KernelCalls copies, ConvolutionChooser chooser, StripMemory maps,
                     DeviceWeights weights, WeightStore store, DeferredNorms deferred, Precision precision) {
        this.calls = calls;
        this.chooser = chooser;
        this.maps = maps;
        this.weights = weights;
        this.store = store;
        this.deferred = deferred;
        this.precision = precision;
        launches = new ConvolutionLaunches(calls, copies, chooser.engines());
    }

    /** How many were computed which way. */
    String summary() {
        Map<String, Long> counts = kinds.values().stream()
                .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream().map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    /** How each convolution was computed, by the index of its step. */
    Map<Integer, String> kinds() {
        return Map.copyOf(kinds);
    }

    List<Launch> of(ConvolutionCase convolution, Step step) {
        ConvolutionProblem problem = convolution.problem(precision, maps.order());
        Choice choice = chooser.choose(problem);
        kinds.put(step.index(), choice.method().kind());
        if (choice.method() instanceof ConvolutionMethod.Graph(int rank)) {
            chooser.engines().keep(problem, rank);
        }
        Weighted operator = convolution.operator();
        long bias = weights.floats(operator.name() + " bias", () -> KernelSteps.padded(store.folded(operator).bias()));
        boolean defers = choice.method() instanceof ConvolutionMethod.Legacy && problem.places() == 1
                && deferred.canDefer(operator.output());
        if (defers) {
            deferred.defer(operator.output(), new DeferredNorms.Norm(bias, problem.limits()));
        }
        return launches.of(operator.name(), problem, choice.method(), new Operands(maps.address(convolution.input()),
                ViewSource.of(maps.of(convolution.input())),
                method -> filter(convolution, method), bias, maps.targets(convolution.places(), 0, bias),
                maps.workspace(step), choice.workspaceBytes(), defers));
    }

    private long filter(ConvolutionCase convolution, ConvolutionMethod method) {
        Weighted operator = convolution.operator();
        int taps = convolution.window().kernelHeight() * convolution.window().kernelWidth();
        List<Integer> channels = convolution.output().order();
        List<Integer> inputs = convolution.input().order();
        if (method instanceof ConvolutionMethod.Segments) {
            int padded = Math.ceilDiv(channels.size(), OUTPUTS) * OUTPUTS;
            return weights.floats("%s filter, %d outputs last, inputs in order %s".formatted(operator.name(), padded,
                    inputs), () -> FilterPacking.outputsLast(weight(operator), inputs, padded, taps));
        }
        String name = "%s filter, inputs in order %s".formatted(operator.name(), inputs);
        return calls.isHalf()
                ? weights.halves(name, () -> FilterPacking.channelsLast(weight(operator), inputs, channels, taps))
                : weights.floats(name, () -> FilterPacking.channelsFirst(weight(operator), inputs, channels, taps));
    }

    private float[] weight(Weighted operator) {
        return store.folded(operator).weight();
    }
}
