package dev.hardnet.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network for fixed input sizes: operators over feature maps, each map written once; immutable.
 *
 * @param input     the network's input: N x 3 x H x W
 * @param operators the operators, each after those whose maps it reads
 * @param outputs   what the network is run for, in a fixed order
 */
public record Graph(FeatureMap input, List<Operator> operators, List<Output> outputs) {
    /** Makes the parts immutable. */
    public Graph {
        operators = List.copyOf(operators);
        outputs = List.copyOf(outputs);
    }

    /**
     * Every feature map: the input, then each operator's outputs.
     *
     * @return the maps in the order of their ids
     */
    public List<FeatureMap> maps() {
        List<FeatureMap> maps = new ArrayList<>();
        maps.add(input);
        for (Operator operator : operators) {
            maps.addAll(operator.outputs());
        }
        return maps;
    }

    /**
     * Who reads what.
     *
     * @return the operators that read each map, in their order; a map that none reads is absent
     */
    public Map<FeatureMap, List<Operator>> readers() {
        Map<FeatureMap, List<Operator>> readers = new HashMap<>();
        for (Operator operator : operators) {
            for (View view : operator.reads()) {
                for (FeatureMap map : view.maps()) {
                    List<Operator> those = readers.computeIfAbsent(map, _ -> new ArrayList<>());
                    if (those.isEmpty() || those.getLast() != operator) {
                        those.add(operator);
                    }
                }
            }
        }
        return readers;
    }

    /**
     * The tensors the weights must hold.
     *
     * @return the specifications in the order of the operators, each once
     */
    public List<ParameterSpec> parameters() {
        Map<String, ParameterSpec> parameters = new LinkedHashMap<>();
        for (Operator operator : operators) {
            for (ParameterSpec spec : operator.parameters()) {
                parameters.putIfAbsent(spec.key(), spec);
            }
        }
        return List.copyOf(parameters.values());
    }

    /**
     * The arithmetic of one run.
     *
     * @return multiply-adds for the whole batch
     */
    public long macs() {
        return operators.stream().mapToLong(Operator::macs).sum();
    }
}
