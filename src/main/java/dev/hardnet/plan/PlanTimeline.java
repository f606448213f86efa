package dev.hardnet.plan;

import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The arena over time as data, for drawings: what {@link PlanSvg} draws. Steps count from 0; lives include their last
 * step.
 *
 * @param arenaBytes      the arena's size
 * @param lowerBoundBytes what no arena for this schedule can go below
 * @param viewsBytes      what all maps take where no memory is used twice
 * @param copiedBytes     the same with each concatenation copied
 * @param steps           the schedule
 * @param blocks          the harmonic or dense blocks in the schedule
 * @param maps            where each map stands; a map that stands in several slots appears once for each
 */
public record PlanTimeline(long arenaBytes, long lowerBoundBytes, long viewsBytes, long copiedBytes,
        List<TimelineStep> steps, List<TimelineBlock> blocks, List<TimelineMap> maps) {
    /**
     * A step of the schedule.
     *
     * @param name      its operator's name
     * @param kind      what the operator does
     * @param liveBytes the maps and the workspace that are live while it runs
     */
    public record TimelineStep(String name, String kind, long liveBytes) {
    }

    /**
     * A block in the schedule.
     *
     * @param name      what the names of its layers have in common
     * @param firstStep the step of its first layer
     * @param endStep   the step that reads its joined outputs
     */
    public record TimelineBlock(String name, int firstStep, int endStep) {
    }

    /**
     * A rectangle of the arena over time.
     *
     * @param map       the map's name
     * @param shape     its sizes, N x C x H x W
     * @param role      what it is to its network
     * @param bytes     what it takes
     * @param offset    bytes from the arena's start
     * @param firstStep the step that writes it, 0 for the network's input
     * @param lastStep  the last step that needs it
     * @param producer  the operator that writes it, null for the network's input
     * @param readers   the operators that read it
     */
    public record TimelineMap(String map, String shape, String role, long bytes, long offset, int firstStep,
            int lastStep, String producer, List<String> readers) {
        /** Makes the list immutable. */
        public TimelineMap {
            readers = List.copyOf(readers);
        }
    }

    /** Makes the lists immutable. */
    public PlanTimeline {
        steps = List.copyOf(steps);
        blocks = List.copyOf(blocks);
        maps = List.copyOf(maps);
    }

    /**
     * Tells a plan as a timeline.
     *
     * @param plan the plan
     * @return its timeline
     */
    public static PlanTimeline of(Plan plan) {
        PlanRoles roles = new PlanRoles(plan.graph());
        PlanTotals totals = plan.totals();
        return new PlanTimeline(totals.arenaBytes(), totals.lowerBoundBytes(), totals.viewsBytes(),
                totals.copiedBytes(), plan.steps().stream().map(step -> step(plan, step)).toList(),
                roles.blocks().stream()
                        .map(block -> new TimelineBlock(block.name(), block.first(), block.end())).toList(),
                maps(plan, roles));
    }

    private static TimelineStep step(Plan plan, Step step) {
        return new TimelineStep(step.operator().name(), step.operator().kind(), plan.liveBytes(step));
    }

    private static List<TimelineMap> maps(Plan plan, PlanRoles roles) {
        Map<FeatureMap, List<Operator>> readers = plan.graph().readers();
        List<TimelineMap> maps = new ArrayList<>();
        for (FeatureMap map : plan.graph().maps()) {
            List<String> readBy = readers.getOrDefault(map, List.of()).stream().map(Operator::name).toList();
            for (PlanBox box : PlanBox.of(plan, map)) {
                String producer = map.equals(plan.graph().input()) ? null
                        : plan.steps().get(box.firstStep()).operator().name();
                maps.add(new TimelineMap(map.name(), map.shape().toString(), roles.role(map).meaning(), box.bytes(),
                        box.offset(), box.firstStep(), box.lastStep(), producer, readBy));
            }
        }
        return maps;
    }
}
