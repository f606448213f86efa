package dev.hardnet.plan;

import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Operator;
import java.util.List;

/**
 * One step of a plan.
 *
 * @param index          its number, 0 for the first
 * @param operator       what runs
 * @param dying          the maps that no later step needs, in the order of their ids
 * @param workspaceBytes scratch memory of the kernel in bytes, 0 for none
 */
public record Step(int index, Operator operator, List<FeatureMap> dying, long workspaceBytes) {
    /** Makes the list immutable. */
    public Step {
        dying = List.copyOf(dying);
    }
}
