package dev.hardnet.traffic;

import dev.hardnet.plan.ArenaPlanner;
import dev.hardnet.plan.Lifetimes;
import dev.hardnet.plan.UsageRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory that the steps of a network need for its feature maps. A map lives from the step that writes it to the
 * last that reads it, the network's inputs from the first step and its outputs to the last.
 */
final class StepArena {
    private final TensorUses uses;
    private final Map<LayerTensor, Life> lives = new LinkedHashMap<>();

    /** The first and the last step that need a tensor. */
    private record Life(int first, int last) {
        Life until(int step) {
            return new Life(first, Math.max(last, step));
        }
    }

    private StepArena(LayerGraph graph) {
        uses = new TensorUses(graph);
    }

    /** The arena's size in bytes, 0 for a network without steps. */
    static long bytes(LayerGraph graph, List<FusedStep> steps) {
        if (steps.isEmpty()) {
            return 0;
        }
        StepArena arena = new StepArena(graph);
        graph.inputs().forEach(input -> arena.lives.put(input, new Life(0, 0)));
        for (int step = 0; step < steps.size(); step++) {
            for (LayerTensor read : steps.get(step).reads()) {
                arena.need(read, step);
            }
            arena.need(steps.get(step).writes(), step);
        }
        graph.outputs().forEach(output -> arena.need(output, steps.size() - 1));
        return ArenaPlanner.plan(arena.records()).peakBytes();
    }

    private void need(LayerTensor tensor, int step) {
        for (LayerTensor source : uses.sources(tensor)) {
            lives.merge(source, new Life(step, step), (life, _) -> life.until(step));
        }
    }

    private List<UsageRecord> records() {
        return lives.entrySet().stream().map(each -> new UsageRecord(each.getKey().name(),
                each.getKey().bytes(), each.getValue().first, each.getValue().last,
                Lifetimes.ALIGNMENT)).toList();
    }
}
