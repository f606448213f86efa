package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import dev.hardnet.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CenterNetDecoderTest {
    private static final CenterNetDecoder ALL = new CenterNetDecoder(0, 100);

    private static Map<String, Tensor> golden(String network) {
        String file = network + "_1x3x128x192_seed1";
        return Map.of("hm", DecodedFixture.golden(file, "hm"), "wh", DecodedFixture.golden(file, "wh"));
    }

    /** Two classes of 3 x 4 positions with a logit of -9 everywhere; sizes 2 x 1, centres on the positions. */
    private static Map<String, Tensor> flat() {
        Tensor heat = Tensor.zeros(1, 2, 3, 4);
        Arrays.fill(heat.data(), -9);
        Tensor sizes = Tensor.zeros(1, 4, 3, 4);
        Arrays.fill(sizes.data(), 0, 12, 2);
        Arrays.fill(sizes.data(), 12, 24, 1);
        return Map.of("hm", heat, "wh", sizes);
    }

    @Test
    void theBoxesAreThoseOfTheAuthorsDecoder() {
        Tensor expected = DecodedFixture.decoded("centernet_hardnet85_1x3x128x192_seed1_top100", "detections");

        List<DecodedBox> found = ALL.decode(golden("centernet_hardnet85"), 0);

        assertArrayEquals(expected.data(), DecodedFixture.rows(found, 4, 0));
    }

    @Test
    void aBatchOfTwoGivesWhatTwoSinglesGive() {
        Map<String, Tensor> first = golden("centernet_hardnet85");
        Map<String, Tensor> second = golden("centernet_hardnet68");

        List<List<DecodedBox>> both = ALL.decode(DecodedFixture.batch(List.of(first, second)));

        assertEquals(List.of(ALL.decode(first, 0), ALL.decode(second, 0)), both);
        assertEquals(100, both.get(1).size());
    }

    @Test
    void aHigherLimitOfTheScoreOnlyDropsTheWeakest() {
        List<DecodedBox> all = ALL.decode(golden("centernet_hardnet85"), 0);
        double score = all.get(40).score();

        assertEquals(all.stream().filter(box -> box.score() > score).toList(),
                new CenterNetDecoder(score, 100).decode(golden("centernet_hardnet85"), 0));
        assertEquals(all.subList(0, 7), new CenterNetDecoder(0, 7).decode(golden("centernet_hardnet85"), 0));
    }

    @Test
    void aCentreIsWhereNoneOfTheEightNeighboursIsLikelier() {
        Map<String, Tensor> outputs = flat();
        float[] heat = outputs.get("hm").data();
        heat[0] = 2;
        heat[5] = 3;
        heat[7] = 1;
        heat[12 + 11] = 0;

        List<DecodedBox> found = new CenterNetDecoder(0.4, 100).decode(outputs, 0);

        // 5 is at 1, 1, its neighbour 0 is no centre; 7 is at 3, 1; 11 of class 1 at 3, 2.
        assertEquals(List.of(box(1, 1, 3, 0), box(3, 1, 1, 0), box(3, 2, 0, 1)), found);
    }

    private static DecodedBox box(int x, int y, double logit, int classIndex) {
        return new DecodedBox(4 * (x - 1), 4 * (y - 0.5), 4 * (x + 1), 4 * (y + 0.5),
                1 / (1 + (float) Math.exp(-logit)), classIndex);
    }

    @Test
    void neighboursOnOppositeEdgesAreNone() {
        Map<String, Tensor> outputs = flat();
        float[] heat = outputs.get("hm").data();
        // The end of a row and the beginning of the next; the end of a class and the beginning of the next.
        heat[3] = 2;
        heat[4] = 3;
        heat[11] = 4;
        heat[12] = 5;

        assertEquals(List.of(box(0, 0, 5, 1), box(3, 2, 4, 0), box(0, 1, 3, 0), box(3, 0, 2, 0)),
                new CenterNetDecoder(0.5, 100).decode(outputs, 0));
    }

    @Test
    void neighboursWhoseScoresAreEqualInFloat32AreBothCentres() {
        Map<String, Tensor> outputs = flat();
        float[] heat = outputs.get("hm").data();
        heat[5] = 20;
        heat[6] = 30;

        List<DecodedBox> found = new CenterNetDecoder(0.5, 100).decode(outputs, 0);

        assertEquals(List.of(box(2, 1, 30, 0), box(1, 1, 20, 0)), found);
        assertEquals(1, found.getLast().score());
    }

    @Test
    void mapsOfOneRowOrColumnHaveCentresToo() {
        Tensor row = Tensor.of(new float[] {1, 2, 1}, 1, 1, 1, 3);
        Tensor column = Tensor.of(new float[] {1, 2, 3}, 1, 1, 3, 1);

        assertEquals(4, ALL.decode(Map.of("hm", row, "wh", Tensor.zeros(1, 4, 1, 3)), 0).getFirst().left());
        assertEquals(8, ALL.decode(Map.of("hm", column, "wh", Tensor.zeros(1, 4, 3, 1)), 0).getFirst().top());
    }

    @Test
    void theOffsetsMoveTheCentre() {
        Map<String, Tensor> outputs = flat();
        outputs.get("hm").data()[6] = 1;
        outputs.get("wh").data()[24 + 6] = 0.5f;
        outputs.get("wh").data()[36 + 6] = -0.25f;

        DecodedBox found = new CenterNetDecoder(0.5, 1).decode(outputs, 0).getFirst();

        assertEquals(List.of(6.0, 1.0, 14.0, 5.0), List.of(found.left(), found.top(), found.right(), found.bottom()));
    }

    @Test
    void nonsenseNeverPasses() {
        Map<String, Tensor> outputs = flat();
        outputs.get("hm").data()[7] = Float.NaN;
        assertEquals("Element 7 of output hm is NaN, but a finite number is expected.", refusal(ALL, outputs, 0));
        outputs.get("hm").data()[7] = 1;
        outputs.get("wh").data()[19] = Float.POSITIVE_INFINITY;
        assertEquals("Element 19 of output wh is Infinity, but a finite number is expected.",
                refusal(ALL, outputs, 0));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertEquals("There is no output 'wh' among [hm].",
                refusal(ALL, Map.of("hm", Tensor.zeros(1, 80, 8, 8)), 0));
        assertEquals("Output hm is a tensor 1x2x3x4; expected 4 dimensions and picture 1 in the first of them.",
                refusal(ALL, flat(), 1));
        assertEquals("Output wh is a tensor 1x4x3x3 beside hm, a tensor 1x2x3x4; expected 4 channels and otherwise the "
                + "same sizes.", refusal(ALL, Map.of("hm", flat().get("hm"), "wh", Tensor.zeros(1, 4, 3, 3)), 0));
        assertEquals("Boxes with scores above NaN were asked for, expected 0 to 1.",
                assertThrows(HarDNetException.class, () -> new CenterNetDecoder(Double.NaN, 1)).getMessage());
        assertEquals("At most 0 boxes were asked for, expected at least 1.",
                assertThrows(HarDNetException.class, () -> new CenterNetDecoder(0, 0)).getMessage());
    }

    private static String refusal(DetectionDecoder decoder, Map<String, Tensor> outputs, int picture) {
        return assertThrows(HarDNetException.class, () -> decoder.decode(outputs, picture)).getMessage();
    }
}
