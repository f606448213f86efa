package dev.hardnet.backend.cuda;

import dev.hardnet.Precision;
import dev.hardnet.backend.BackendOptions;
import dev.hardnet.backend.Planner;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.TransposedConv;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.SlotLayout;
import dev.hardnet.plan.SlotRules;
import java.util.HashMap;
import java.util.Map;

/**
 * Plans for GPUs: maps stand in slots, so that library convolutions read contiguous channel ranges. Without a device
 * the scratch memory of the library is not known; what is counted is the uncropped result of transposed convolutions.
 */
public final class CudaPlanner implements Planner {
    private final Precision precision;

    private CudaPlanner(Precision precision) {
        this.precision = precision;
    }

    /**
     * A planner that asks no GPU.
     *
     * @param precision what will be computed with
     * @return the planner
     */
    public static CudaPlanner withoutDevice(Precision precision) {
        return new CudaPlanner(precision);
    }

    /**
     * How maps stand in memory.
     *
     * @param precision what is computed with
     * @return the rules of the strips
     */
    public static SlotRules rules(Precision precision) {
        return precision == Precision.FLOAT16 ? SlotRules.FLOAT16 : SlotRules.FLOAT32;
    }

    @Override
    public Plan plan(Graph graph, BackendOptions options) {
        SlotLayout slots = SlotLayout.of(graph, rules(precision));
        Map<Operator, Long> workspaces = new HashMap<>();
        for (int step = 0; step < graph.operators().size(); step++) {
            if (graph.operators().get(step) instanceof TransposedConv conv) {
                workspaces.put(conv, TransposedConvolution.of(slots, conv, step, precision).rawBytes());
            }
        }
        return Plan.of(slots, operator -> workspaces.getOrDefault(operator, 0L));
    }
}
