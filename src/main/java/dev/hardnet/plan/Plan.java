package dev.hardnet.plan;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a backend needs to run a graph: the order of its operators, and where in the arena every feature map and
 * every workspace is. Maps stand one by one, or, for kernels that read contiguous channel ranges, in the slots of a
 * {@link SlotLayout}. Immutable; the same graph or layout, workspaces and options give an equal plan.
 */
public final class Plan {
    private final Graph graph;
    private final List<FeatureMap> maps;
    private final List<Step> steps;
    private final ArenaLayout layout;
    private final SlotLayout slots;
    private final long[] workspaceOffsets;

    private Plan(Graph graph, SlotLayout slots, List<Step> steps, ArenaLayout layout) {
        this.graph = graph;
        this.slots = slots;
        maps = graph.maps();
        this.steps = List.copyOf(steps);
        this.layout = layout;
        workspaceOffsets = new long[steps.size()];
        int record = slots == null ? maps.size() : slots.strips().size();
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
        return new Plan(graph, null, steps, arena(lifetimes.records(workspaces), options));
    }

    /**
     * Plans for maps that stand in slots, with the default options.
     *
     * @param slots      the places of the maps in strips
     * @param workspaces the scratch memory of the kernels
     * @return the plan
     */
    public static Plan of(SlotLayout slots, Workspaces workspaces) {
        return of(slots, workspaces, PlannerOptions.DEFAULT);
    }

    /**
     * Plans for maps that stand in slots, and checks that nothing overlaps.
     *
     * @param slots      the places of the maps in strips
     * @param workspaces the scratch memory of the kernels
     * @param options    how hard to look for a small arena
     * @return the plan
     */
    public static Plan of(SlotLayout slots, Workspaces workspaces, PlannerOptions options) {
        Lifetimes lifetimes = Lifetimes.of(slots.graph());
        List<Step> steps = steps(lifetimes, workspaces);
        List<UsageRecord> records = new ArrayList<>(slots.records());
        records.addAll(lifetimes.workspaceRecords(workspaces, Strip.ALIGNMENT));
        return new Plan(slots.graph(), slots, steps, arena(records, options));
    }

    private static ArenaLayout arena(List<UsageRecord> records, PlannerOptions options) {
        ArenaLayout layout = ArenaPlanner.plan(records, options);
        OverlapValidator.check(layout);
        return layout;
    }

    private static List<Step> steps(Lifetimes lifetimes, Workspaces workspaces) {
        List<List<FeatureMap>> dying = new ArrayList<>();
        for (int step = 0; step < lifetimes.graph().operators().size(); step++) {
            dying.add(new ArrayList<>());
        }
        for (FeatureMap map : lifetimes.graph().maps()) {
            dying.get(lifetimes.last(map)).add(map);
        }
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
     * The arena: the record of every map in the order of the ids, or of every strip of the slots in their order; then
     * those of the workspaces in the order of their steps.
     *
     * @return the layout
     */
    public ArenaLayout layout() {
        return layout;
    }

    /**
     * The strips that the maps stand in.
     *
     * @return the slots, empty when each map stands by itself
     */
    public Optional<SlotLayout> slots() {
        return Optional.ofNullable(slots);
    }

    /**
     * Where a strip is.
     *
     * @param stripIndex the strip's number in the plan's slots
     * @return bytes from the arena's start
     */
    public long stripOffset(int stripIndex) {
        return layout.offsets().get(Objects.checkIndex(stripIndex, slots == null ? 0 : slots.strips().size()));
    }

    /**
     * Where a place is.
     *
     * @param place a place of the plan's slots
     * @return bytes from the arena's start to the slot's first element
     */
    public long offset(Place place) {
        return stripOffset(place.stripIndex()) + place.byteOffset(slots.rules().order());
    }

    /**
     * Where a map is; of several places, the first.
     *
     * @param map a map of the graph
     * @return bytes from the arena's start
     * @throws HarDNetException when the map is not the graph's
     */
    public long offset(FeatureMap map) {
        int id = checkedId(map);
        return slots == null ? layout.offsets().get(id) : offset(slots.places(map).getFirst());
    }

    /**
     * When and how long the memory of a map is needed.
     *
     * @param map a map of the graph
     * @return its usage record, or that of the strip that its first place is in
     * @throws HarDNetException when the map is not the graph's
     */
    public UsageRecord usage(FeatureMap map) {
        int id = checkedId(map);
        return layout.records().get(slots == null ? id : slots.places(map).getFirst().stripIndex());
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
     * @return bytes of the maps or strips and the workspace, each without alignment
     */
    public long liveBytes(Step step) {
        return layout.records().stream()
                .filter(record -> record.firstStep() <= step.index() && step.index() <= record.lastStep())
                .mapToLong(UsageRecord::bytes).sum();
    }

    /**
     * What its maps consist of.
     *
     * @return bytes of an element of a map, those of classes aside
     */
    public int elementBytes() {
        return slots == null ? graph.input().type().bytes() : slots.rules().elementBytes();
    }

    /**
     * The arena beside what the activations would take otherwise.
     *
     * @return the totals
     */
    public PlanTotals totals() {
        return PlanTotals.of(graph, layout, elementBytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Plan plan && graph.equals(plan.graph) && steps.equals(plan.steps)
                && Objects.equals(slots, plan.slots)
                && layout.equals(plan.layout);
    }

    @Override
    public int hashCode() {
        return Objects.hash(graph, slots, steps, layout);
    }

    /** The plan in a line; {@link PlanTable} writes all of it. */
    @Override
    public String toString() {
        return "plan of %d steps, arena %d bytes, lower bound %d bytes".formatted(steps.size(), arenaBytes(),
                lowerBoundBytes());
    }
}
