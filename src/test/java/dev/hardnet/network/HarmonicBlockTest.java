package dev.hardnet.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class HarmonicBlockTest {
    @Test
    void linksGoToPowersOfTwoNearestFirst() {
        assertEquals(List.of(0), HarmonicBlock.links(1));
        assertEquals(List.of(1, 0), HarmonicBlock.links(2));
        assertEquals(List.of(5, 4), HarmonicBlock.links(6));
        assertEquals(List.of(11, 10, 8), HarmonicBlock.links(12));
        assertEquals(List.of(15, 14, 12, 8, 0), HarmonicBlock.links(16));
    }

    @Test
    void layersWidenByTheMultiplierAndStayEven() {
        HarmonicBlock block = new HarmonicBlock(4, 10, 1.7);
        assertEquals(List.of(10, 18, 10, 28), List.of(1, 2, 3, 4).stream().map(block::channels).toList());
    }
}
