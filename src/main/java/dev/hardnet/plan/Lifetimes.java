package dev.hardnet.plan;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Output;
import dev.hardnet.graph.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The steps at which each feature map of a graph is needed. The schedule is the order of the graph's operators: step i
 * runs operator i. A map lives from the step that writes it to the last that reads it, both included; the network's
 * input lives from step 0, its outputs to the last step, and a map that nobody reads during its own step only.
 */
public final class Lifetimes {
    /** Offsets in the arena are multiples of this many bytes: a cache line, and the widest vector register. */
    public static final int ALIGNMENT = 64;

    private final Graph graph;
    private final int[] first;
    private final int[] last;

    private Lifetimes(Graph graph) {
        this.graph = graph;
        int maps = graph.maps().size();
        first = new int[maps];
        last = new int[maps];
    }

    /**
     * Finds the lifetimes.
     *
     * @param graph a graph of at least one operator
     * @return the lifetimes of all its maps
     * @throws HarDNetException when the graph has no operators, or when an operator reads or an output names a map
     *                          that is not written before
     */
    public static Lifetimes of(Graph graph) {
        if (graph.operators().isEmpty()) {
            throw new HarDNetException("A graph without operators has no schedule; it needs at least one.");
        }
        Lifetimes lifetimes = new Lifetimes(graph);
        lifetimes.follow();
        return lifetimes;
    }

    private void follow() {
        List<Operator> operators = graph.operators();
        Arrays.fill(first, -1);
        first[number(graph.input())] = 0;
        for (int step = 0; step < operators.size(); step++) {
            Operator operator = operators.get(step);
            for (View view : operator.reads()) {
                for (FeatureMap map : view.maps()) {
                    last[written(map, operator.name())] = step;
                }
            }
            for (FeatureMap map : operator.outputs()) {
                first[number(map)] = step;
                last[number(map)] = step;
            }
        }
        for (Output output : graph.outputs()) {
            for (FeatureMap map : output.maps()) {
                last[written(map, "Output " + output.name())] = operators.size() - 1;
            }
        }
    }

    private int number(FeatureMap map) {
        if (map.id() < 0 || map.id() >= first.length) {
            throw new HarDNetException("Feature map %s has id %d; a graph of %d maps has ids 0 to %d.".formatted(
                    map.name(), map.id(), first.length, first.length - 1));
        }
        return map.id();
    }

    private int written(FeatureMap map, String reader) {
        int id = number(map);
        if (first[id] < 0) {
            throw new HarDNetException("%s reads %s before any operator writes it.".formatted(reader, map.name()));
        }
        return id;
    }

    /**
     * The graph that the lifetimes belong to.
     *
     * @return the graph
     */
    public Graph graph() {
        return graph;
    }

    /**
     * The step that writes a map.
     *
     * @param map a map of the graph
     * @return the step, 0 for the network's input
     */
    public int first(FeatureMap map) {
        return first[map.id()];
    }

    /**
     * The last step that needs a map.
     *
     * @param map a map of the graph
     * @return the step, included in the map's life
     */
    public int last(FeatureMap map) {
        return last[map.id()];
    }

    /**
     * What must be placed in the arena: first every map in the order of the ids, then the workspaces in the order of
     * their steps.
     *
     * @param workspaces the scratch memory of the kernels
     * @return one record per map and one per workspace of more than 0 bytes
     */
    public List<UsageRecord> records(Workspaces workspaces) {
        List<UsageRecord> records = new ArrayList<>();
        for (FeatureMap map : graph.maps()) {
            records.add(new UsageRecord(map.name(), map.bytes(), first(map), last(map), ALIGNMENT));
        }
        records.addAll(workspaceRecords(workspaces, ALIGNMENT));
        return records;
    }

    /** The workspaces of more than 0 bytes in the order of their steps. */
    List<UsageRecord> workspaceRecords(Workspaces workspaces, int alignment) {
        List<UsageRecord> records = new ArrayList<>();
        for (int step = 0; step < graph.operators().size(); step++) {
            Operator operator = graph.operators().get(step);
            long bytes = workspaces.bytes(operator);
            if (bytes > 0) {
                records.add(new UsageRecord("workspace of " + operator.name(), bytes, step, step, alignment));
            }
        }
        return records;
    }
}
