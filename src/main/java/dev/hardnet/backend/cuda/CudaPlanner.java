package dev.hardnet.backend.cuda;

import dev.hardnet.Precision;
import dev.hardnet.backend.BackendOptions;
import dev.hardnet.backend.Planner;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Linear;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.TransposedConv;
import dev.hardnet.plan.Place;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.SlotLayout;
import dev.hardnet.plan.SlotRules;
import java.util.List;

/**
 * Plans for GPUs: maps stand in slots, so that library convolutions read contiguous channel ranges. Without a device
 * the scratch memory of the library is not known; what is counted is the raw result of each convolution that its own
 * kernel then writes to more than one place.
 */
public final class CudaPlanner implements Planner {
    private final SlotRules rules;

    private CudaPlanner(SlotRules rules) {
        this.rules = rules;
    }

    /**
     * A planner that asks no GPU.
     *
     * @param precision what will be computed with
     * @return the planner
     */
    public static CudaPlanner withoutDevice(Precision precision) {
        return new CudaPlanner(rules(precision));
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
        SlotLayout slots = SlotLayout.of(graph, rules);
        return Plan.of(slots, operator -> rawBytes(slots, operator));
    }

    private static long rawBytes(SlotLayout slots, Operator operator) {
        return switch (operator) {
            case Conv _, TransposedConv _, Linear _ -> {
                List<Place> places = slots.places(operator.output());
                yield places.size() == 1 ? 0 : rawBytes(places.getFirst());
            }
            default -> 0;
        };
    }

    /** N x C x H x W elements, where C is padded. */
    private static long rawBytes(Place whole) {
        int channels = whole.slot().channels();
        return whole.strip().shape().withChannels(channels).elements() * whole.strip().elementBytes();
    }
}
