package dev.hardnet.weights;

import static dev.hardnet.weights.Refusals.refuses;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.graph.ParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The numbers come from an implementation in another language. */
class SyntheticWeightsTest {
    @Test
    void makesTheGoldenInputs() {
        assertArrayEquals(new float[] {0.07616186141967773f, 1.4252610206604004f, 0.07152891159057617f,
            -1.1697638034820557f}, SyntheticWeights.input(List.of(1, 1, 2, 2), 1));
        assertArrayEquals(new float[] {0.5225887298583984f, 1.5036530494689941f, 1.534480094909668f,
            1.1747796535491943f}, SyntheticWeights.input(List.of(1, 1, 2, 2), -3));
    }

    @Test
    void choosesTheRangeByKeyAndRank() {
        assertMakes("a.running_mean", List.of(3), 2, -0.08906807005405426f, 0.02306135930120945f, 0.09569231420755386f);
        assertMakes("a.running_var", List.of(3), 2, 0.8623899817466736f, 0.5202129483222961f, 1.116076946258545f);
        assertMakes("a.weight", List.of(3), 2, 0.71962970495224f, 0.849094033241272f, 1.085721731185913f);
        assertMakes("a.bias", List.of(3), 2, -0.09554584324359894f, -0.09041986614465714f, -0.015212798491120338f);
        assertMakes("a.num_batches_tracked", List.of(), 2, 0);
    }

    @Test
    void scalesWeightsOfTwoDimensionsAndMoreByTheirInputs() {
        assertMakes("\u00e9.weight", List.of(2, 3, 1, 1), 7, 0.39693042635917664f, -0.2677326202392578f,
                1.0539616346359253f, -1.1473039388656616f, -0.520370602607727f, 0.8030295968055725f);
        assertMakes("fc.weight", List.of(3, 2), 7, -0.513297975063324f, -1.5804156064987183f, -1.517499327659607f,
                0.22346068918704987f, 1.7123266458511353f, 0.7154267430305481f);
    }

    @Test
    void listsItsTensorsInOrder() {
        SyntheticWeights weights = new SyntheticWeights(List.of(new ParameterSpec("b", List.of(2)),
                new ParameterSpec("a", List.of(1, 2)), new ParameterSpec("b", List.of(2))), 9);
        assertEquals(List.of("b", "a"), List.copyOf(weights.keys()));
        assertEquals(List.of(1, 2), weights.shape("a"));
        assertEquals("synthetic:9", weights.origin());
        refuses("synthetic:9 holds no tensor c; it holds 2 others.", () -> weights.read("c"));
    }

    @Test
    void readsTheSameNumbersEveryTime() {
        SyntheticWeights weights = new SyntheticWeights(List.of(new ParameterSpec("w", List.of(4, 4))), 1);
        float[] first = weights.read("w");
        first[0] = 99;
        assertArrayEquals(new SyntheticWeights(List.of(new ParameterSpec("w", List.of(4, 4))), 1).read("w"),
                weights.read("w"));
        assertEquals(Set.of("w"), weights.keys());
    }

    @Test
    void readsAPartAsItStandsInTheWhole() {
        SyntheticWeights weights = new SyntheticWeights(List.of(new ParameterSpec("w", List.of(4, 4))), 1);
        float[] part = new float[9];
        weights.read("w", 5, part, 8);
        assertArrayEquals(Arrays.copyOfRange(weights.read("w"), 5, 13), Arrays.copyOf(part, 8));
        assertEquals(0, part[8]);
    }

    private static void assertMakes(String key, List<Integer> shape, long seed, float... expected) {
        assertArrayEquals(expected, new SyntheticWeights(List.of(new ParameterSpec(key, shape)), seed).read(key), key);
    }
}
