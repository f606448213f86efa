package dev.hardnet.plan;

import dev.hardnet.graph.FeatureMap;
import java.util.ArrayList;
import java.util.List;

/**
 * A rectangle of the arena over time. A slot takes the share of its strip that its channels have, whatever the order of
 * the elements in memory.
 *
 * @param offset    bytes from the arena's start
 * @param bytes     its height
 * @param firstStep the step that writes it
 * @param lastStep  the last step that reads it, included
 * @param again     whether it holds what stands elsewhere, too
 */
record PlanBox(long offset, long bytes, int firstStep, int lastStep, boolean again) {
    /** Where a map stands: once, or in every slot that holds channels of it. */
    static List<PlanBox> of(Plan plan, FeatureMap map) {
        if (plan.slots().isEmpty()) {
            UsageRecord usage = plan.usage(map);
            return List.of(new PlanBox(plan.offset(map), usage.bytes(), usage.firstStep(), usage.lastStep(), false));
        }
        List<PlanBox> boxes = new ArrayList<>();
        for (Place place : plan.slots().get().places(map)) {
            Slot slot = place.slot();
            long channelBytes = place.strip().bytes() / place.strip().shape().c();
            boxes.add(new PlanBox(plan.stripOffset(place.stripIndex()) + slot.firstChannel() * channelBytes,
                    slot.channels() * channelBytes, slot.firstStep(), slot.lastStep(), !boxes.isEmpty()));
        }
        return boxes;
    }

    /** All of a strip, used or not. */
    static PlanBox ofStrip(Plan plan, int index, Strip strip) {
        return new PlanBox(plan.stripOffset(index), strip.bytes(), strip.firstStep(), strip.lastStep(), false);
    }

    /** The workspace of a step that has one. */
    static PlanBox ofWorkspace(Plan plan, Step step) {
        return new PlanBox(plan.workspaceOffset(step), step.workspaceBytes(), step.index(), step.index(), false);
    }
}
