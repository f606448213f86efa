package dev.hardnet.plan;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All that a backend needs to run a graph: the order of its operators, and where in the arena every feature map and
 * every workspace is. Immutable; the same graph, workspaces and options give an equal plan.
 */
public final class Plan {
    private final Graph graph;
    private final List<FeatureMap> maps;
    private final List<Step> steps;
    private final ArenaLayout layout;
    private final long[] workspaceOffsets;

    private Plan(Graph graph, List<Step> steps, ArenaLayout layout) {
        this.graph = graph;
        maps = graph.maps();
        this.steps = List.copyOf(steps);
        this.layout = layout;
        workspaceOffsets = new long[steps.size()];
        int record = maps.size();
        for (Step step : steps) {
            workspaceOffsets[step.index()] = step.workspaceBytes() == 0 ? -1 : layout.offsets().get(record++);
        }
    }

    /**
     * Plans for kernels without workspaces, with the default options.
     *
     * @param graph a graph of at least one operator
     * @return the plan
     * @throws HarDNetException when the graph is empty or reads a map before it is written
     */
    public static Plan of(Graph graph) {
        return of(graph, Workspaces.NONE);
    }

    /**
     * Plans with the default options.
     *
     * @param graph      a graph of at least one operator
     * @param workspaces the scratch memory of the kernels
     * @return the plan
     * @throws HarDNetException when the graph is empty or reads a map before it is written
     */
    public static Plan of(Graph graph, Workspaces workspaces) {
        return of(graph, workspaces, PlannerOptions.DEFAULT);
    }

    /**
     * Plans, and checks that nothing overlaps.
     *
     * @param graph      a graph of at least one operator
     * @param workspaces the scratch memory of the kernels
     * @param options    how hard to look for a small arena
     * @return the plan
     * @throws HarDNetException when the graph is empty or reads a map before it is written
     */
    public static Plan of(Graph graph, Workspaces workspaces, PlannerOptions options) {
        Lifetimes lifetimes = Lifetimes.of(graph);
        List<Step> steps = steps(lifetimes, workspaces);
        List<UsageRecord> records = lifetimes.records(workspaces);
        ArenaLayout layout = ArenaPlanner.plan(records, options);
        OverlapValidator.check(layout);
        return new Plan(graph, steps, layout);
    }

    private static List<Step> steps(Lifetimes lifetimes, Workspaces workspaces) {
        List<List<FeatureMap>> dying = new ArrayList<>();
        lifetimes.graph().operators().forEach(_ -> dying.add(new ArrayList<>()));
        lifetimes.graph().maps().forEach(map -> dying.get(lifetimes.last(map)).add(map));
        List<Step> steps = new ArrayList<>();
        for (Operator operator : lifetimes.graph().operators()) {
            int index = steps.size();
            long bytes = workspaces.bytes(operator);
            if (bytes < 0) {
                throw new HarDNetException("The workspace of %s is %d bytes; it must be 0 or more."
                        .formatted(operator.name(), bytes));
            }
            steps.add(new Step(index, operator, dying.get(index), bytes));
        }
        return steps;
    }

    /**
     * What is run.
     *
     * @return the graph
     */
    public Graph graph() {
        return graph;
    }

    /**
     * The schedule.
     *
     * @return the steps in the order in which they run
     */
    public List<Step> steps() {
        return steps;
    }

    /**
     * The arena: the record of every map in the order of the ids, then those of the workspaces in the order of their
     * steps.
     *
     * @return the layout
     */
    public ArenaLayout layout() {
        return layout;
    }

    /**
     * Where a map is.
     *
     * @param map a map of the graph
     * @return bytes from the arena's start
     * @throws HarDNetException when the map is not the graph's
     */
    public long offset(FeatureMap map) {
        return layout.offsets().get(checkedId(map));
    }

    /**
     * When and how long a map is needed.
     *
     * @param map a map of the graph
     * @return its usage record
     * @throws HarDNetException when the map is not the graph's
     */
    public UsageRecord usage(FeatureMap map) {
        return layout.records().get(checkedId(map));
    }

    private int checkedId(FeatureMap map) {
        int id = map.id();
        if (id < 0 || id >= maps.size() || !map.equals(maps.get(id))) {
            throw new HarDNetException("Feature map %s (id %d) is not one of the plan's graph.".formatted(map, id));
        }
        return id;
    }

    /**
     * Where the workspace of a step is.
     *
     * @param step a step of this plan
     * @return bytes from the arena's start, -1 when the step has none
     */
    public long workspaceOffset(Step step) {
        return workspaceOffsets[step.index()];
    }

    /**
     * The arena's size.
     *
     * @return bytes
     */
    public long arenaBytes() {
        return layout.peakBytes();
    }

    /**
     * What no arena for this schedule can go below.
     *
     * @return bytes
     */
    public long lowerBoundBytes() {
        return layout.lowerBoundBytes();
    }

    /**
     * What is live at a step.
     *
     * @param step a step of this plan
     * @return bytes of the maps and the workspace, each without alignment
     */
    public long liveBytes(Step step) {
        return layout.records().stream()
                .filter(record -> record.firstStep() <= step.index() && step.index() <= record.lastStep())
                .mapToLong(UsageRecord::bytes).sum();
    }

    /**
     * The arena beside what the activations would take otherwise.
     *
     * @return the totals
     */
    public PlanTotals totals() {
        return PlanTotals.of(graph, layout);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Plan plan && graph.equals(plan.graph) && steps.equals(plan.steps)
                && layout.equals(plan.layout);
    }

    @Override
    public int hashCode() {
        return Objects.hash(graph, steps, layout);
    }

    /** The plan in a line; {@link PlanTable} writes all of it. */
    @Override
    public String toString() {
        return "plan of %d steps, arena %d bytes, lower bound %d bytes".formatted(steps.size(), arenaBytes(),
                lowerBoundBytes());
    }
}
