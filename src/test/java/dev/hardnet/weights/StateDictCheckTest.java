package dev.hardnet.weights;

import static dev.hardnet.weights.Refusals.refuses;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.graph.ParameterSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateDictCheckTest {
    private static final List<ParameterSpec> EXPECTED = List.of(new ParameterSpec("a", List.of(2)),
            new ParameterSpec("b", List.of(1, 2)), new ParameterSpec("n.num_batches_tracked", List.of()));

    @Test
    void acceptsEqualKeysAndShapesWithOrWithoutBatchCounters() {
        MapSource without = new MapSource().with("b", List.of(1, 2), 1, 2).with("a", List.of(2), 1, 2);
        assertDoesNotThrow(() -> StateDictCheck.check(EXPECTED, without));
        MapSource other = new MapSource().with("b", List.of(1, 2), 1, 2).with("a", List.of(2), 1, 2)
                .with("other.num_batches_tracked", List.of(), 1);
        assertDoesNotThrow(() -> StateDictCheck.check(EXPECTED, other));
    }

    @Test
    void acceptsTheRowsOfAFullyConnectedLayerAsKernels() {
        List<ParameterSpec> expected = List.of(new ParameterSpec("a", List.of(2, 3, 1, 2)));
        assertDoesNotThrow(() -> StateDictCheck.check(expected, new MapSource().with("a", List.of(2, 6))));
        refuses("map does not fit the network, which expects 1 tensors where 1 are found: 1 wrongly shaped: "
                + "a (found 3x4, expected 2x3x1x2).",
                () -> StateDictCheck.check(expected, new MapSource().with("a", List.of(3, 4))));
    }

    @Test
    void tellsAllDifferencesInOneSentence() {
        MapSource source = new MapSource().with("b", List.of(), 1).with("c", List.of(1), 1).with("d", List.of(1), 1)
                .with("e", List.of(1), 1).with("f", List.of(1), 1);
        refuses("map does not fit the network, which expects 2 tensors where 5 are found: 1 missing: a; 4 unexpected: "
                + "c, d, e, ...; 1 wrongly shaped: b (found a scalar, expected 1x2).",
                () -> StateDictCheck.check(EXPECTED, source));
    }

    @Test
    void readsTheNumberOfClassesFromTheHead() {
        MapSource source = new MapSource().with("head.weight", List.of(7, 3)).with("scalar", List.of(), 1);
        assertEquals(7, StateDictCheck.outputs(source, "head.weight"));
        refuses("map holds no tensor tail.weight, whose first size is the number of outputs.",
                () -> StateDictCheck.outputs(source, "tail.weight"));
        refuses("map: the tensor scalar has the sizes [], but the first must be the outputs.",
                () -> StateDictCheck.outputs(source, "scalar"));
    }
}
