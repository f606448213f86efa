package dev.hardnet.traffic;

import dev.hardnet.graph.Graph;
import dev.hardnet.plan.Plan;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What a network moves and computes, layer by layer and in four executions: the data of every rendering.
 *
 * @param network           the network's name or the file's
 * @param input             its inputs' sizes, N x C x H x W
 * @param macs              multiply-adds of convolutions and linear layers
 * @param cio               convolutional input/output, elements
 * @param moc               multiply-adds of convolutions over CIO, 0 for a network without convolutions
 * @param weights           elements of weights, biases, scales and shifts
 * @param machine           what the rooflines are of
 * @param executions        the totals: framework, concat-free, this runtime's plan, fused
 * @param arenaBytes        the memory that holds all feature maps in this runtime's plan
 * @param layerCount        layers of the network
 * @param memoryBoundLayers those of them that are memory-bound, {@link LayerKind#RESHAPE} not among them
 * @param layers            the layers reported, in their order or the heaviest first
 * @param unsupported       nodes that are counted in no figure
 */
public record TrafficReport(String network, String input, long macs, long cio, double moc, long weights,
        MachineBalance machine, List<ExecutionTraffic> executions, long arenaBytes, int layerCount,
        int memoryBoundLayers, List<LayerTraffic> layers, List<UnsupportedNode> unsupported) {
    /** Makes the lists immutable. */
    public TrafficReport {
        executions = List.copyOf(executions);
        layers = List.copyOf(layers);
        unsupported = List.copyOf(unsupported);
    }

    /**
     * Reports a network of this runtime.
     *
     * @param name    its name
     * @param graph   the network for fixed sizes
     * @param machine what the rooflines are of
     * @return the report of all layers
     */
    public static TrafficReport of(String name, Graph graph, MachineBalance machine) {
        return of(GraphLayers.of(name, graph), PlannedExecution.of(Plan.of(graph)), machine);
    }

    /**
     * Reports a network that this runtime cannot run, with the plan it would make.
     *
     * @param graph   the network
     * @param machine what the rooflines are of
     * @return the report of all layers
     */
    public static TrafficReport of(LayerGraph graph, MachineBalance machine) {
        return of(graph, PlannedExecution.of(graph), machine);
    }

    private static TrafficReport of(LayerGraph graph, PlannedExecution planned, MachineBalance machine) {
        FusedExecution fused = FusedExecution.of(graph);
        FrameworkExecution framework = FrameworkExecution.of(graph);
        List<Execution> executions = List.of(framework, ConcatFreeExecution.of(graph), planned, fused);
        long bytes = framework.total().totalBytes();
        long cio = sum(graph, LayerTraffic::cio);
        long convolutionMacs = sum(graph, layer -> layer.kind().isConvolution() ? layer.macs() : 0);
        List<LayerTraffic> layers = layers(graph, planned, fused, machine);
        return new TrafficReport(graph.name(),
                graph.inputs().stream().map(input -> input.shape().toString()).collect(Collectors.joining(", ")),
                sum(graph, Layer::macs), cio, cio == 0 ? 0 : (double) convolutionMacs / cio,
                sum(graph, Layer::weights), machine,
                executions.stream().map(each -> ExecutionTraffic.of(each, bytes, machine)).toList(),
                planned.arenaBytes(), layers.size(), (int) layers.stream().filter(LayerTraffic::memoryBound).count(),
                layers, graph.unsupported());
    }

    private static long sum(LayerGraph graph, ToLongFunction<Layer> figure) {
        return graph.layers().stream().mapToLong(figure).sum();
    }

    private static List<LayerTraffic> layers(LayerGraph graph, PlannedExecution planned, FusedExecution fused,
            MachineBalance machine) {
        Map<String, Long> plannedBytes = bytes(planned);
        Map<String, Long> fusedBytes = bytes(fused);
        Set<String> names = graph.layers().stream().map(Layer::name).collect(Collectors.toSet());
        Set<String> inParts = planned.steps().stream().filter(step -> !names.contains(step.name()))
                .flatMap(step -> step.layers().stream()).collect(Collectors.toSet());
        return graph.layers().stream().map(layer -> LayerTraffic.of(layer,
                inParts.contains(layer.name()) ? null : plannedBytes.getOrDefault(layer.name(), 0L),
                fusedBytes.getOrDefault(layer.name(), 0L), machine)).toList();
    }

    private static Map<String, Long> bytes(Execution execution) {
        Map<String, Long> bytes = new HashMap<>();
        execution.steps().forEach(step -> bytes.put(step.name(), step.traffic().totalBytes()));
        return bytes;
    }

    /**
     * The same report with fewer layers.
     *
     * @param count how many, at least 0
     * @return the layers that move most as a framework runs them, the heaviest first; totals stay those of all layers
     */
    public TrafficReport heaviest(int count) {
        List<LayerTraffic> heaviest = layers.stream()
                .sorted(Comparator.comparingLong(LayerTraffic::frameworkBytes).reversed()).limit(count).toList();
        return new TrafficReport(network, input, macs, cio, moc, weights, machine, executions, arenaBytes, layerCount,
                memoryBoundLayers, heaviest, unsupported);
    }

    /**
     * Finds an execution's totals.
     *
     * @param title its title
     * @return the totals
     */
    ExecutionTraffic execution(String title) {
        return executions.stream().filter(each -> each.execution().equals(title)).findFirst().orElseThrow();
    }
}
