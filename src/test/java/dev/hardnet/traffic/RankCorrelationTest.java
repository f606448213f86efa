package dev.hardnet.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {
    @Test
    void theSameOrderIsOneWhateverTheScale() {
        assertEquals(1, RankCorrelation.of(new double[] {3, 1, 2}, new double[] {900, -5, 0.1}));
    }

    @Test
    void theOppositeOrderIsMinusOne() {
        assertEquals(-1, RankCorrelation.of(new double[] {3, 1, 2}, new double[] {1, 3, 2}));
    }

    /** Ranks 1 2 3 4 5 and 1 3 2 4 5: 1 - 6 * 2 / (5 * 24). */
    @Test
    void oneSwapOfNeighboursCostsWhatSpearmanSays() {
        assertEquals(0.9, RankCorrelation.of(new double[] {1, 2, 3, 4, 5}, new double[] {10, 30, 20, 40, 50}), 1e-12);
    }

    /** Ranks 1.5 1.5 3 and 1 2 3: 1.5 / sqrt(1.5 * 2). */
    @Test
    void equalFiguresShareTheirMeanRank() {
        assertEquals(Math.sqrt(0.75), RankCorrelation.of(new double[] {7, 7, 8}, new double[] {1, 2, 3}), 1e-12);
    }

    @Test
    void figuresThatDoNotDifferHaveNoOrder() {
        assertEquals(Double.NaN, RankCorrelation.of(new double[] {7, 7, 7}, new double[] {1, 2, 3}));
    }
}
