package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import dev.hardnet.Tensor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SsdDecoderTest {
    private static final PriorBoxes PRIORS = PriorBoxes.coco(300);
    /** The setting of the ground truth. */
    private static final SsdDecoder DECODER = new SsdDecoder(PRIORS, 0.3, 300);

    /** The golden outputs; offsets are made smaller, as they are far too large with synthetic weights. */
    private static Map<String, Tensor> golden(String network) {
        String file = network + "_1x3x300x300_seed1";
        Tensor loc = DecodedFixture.golden(file, "loc");
        for (int i = 0; i < loc.data().length; i++) {
            loc.data()[i] *= 0.02f;
        }
        return Map.of("loc", loc, "conf", DecodedFixture.golden(file, "conf"));
    }

    /** No offsets, three classes and the background, of which it is sure everywhere. */
    private static Map<String, Tensor> background() {
        Tensor conf = Tensor.zeros(1, PRIORS.size(), 4);
        for (int i = 0; i < conf.data().length; i += 4) {
            conf.data()[i] = 9;
        }
        return Map.of("loc", Tensor.zeros(1, PRIORS.size(), 4), "conf", conf);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssd300_hardnet68", "ssd300_hardnet85"})
    void thePriorBoxesAreThoseOfTheAuthorsToTheBit(String network) {
        Tensor expected = DecodedFixture.decoded(network + "_seed1", "priors");

        assertArrayEquals(expected.shape(), PRIORS.tensor().shape());
        assertArrayEquals(expected.data(), PRIORS.tensor().data());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssd300_hardnet68", "ssd300_hardnet85"})
    void everyBoxLiesWhereTheAuthorsDecoderPutsIt(String network) {
        float[] expected = DecodedFixture.decoded(network + "_seed1", "boxes").data();
        Tensor loc = golden(network).get("loc");

        float[] found = new float[expected.length];
        for (int i = 0; i < PRIORS.size(); i++) {
            KeptBoxes.Edges edges = DECODER.edges(loc, 0, i);
            found[4 * i] = edges.left();
            found[4 * i + 1] = edges.top();
            found[4 * i + 2] = edges.right();
            found[4 * i + 3] = edges.bottom();
        }

        assertArrayEquals(expected, found, 1e-6f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssd300_hardnet68", "ssd300_hardnet85"})
    void theBoxesAndTheirOrderAreThoseOfTheAuthorsDecoder(String network) {
        float[] expected = DecodedFixture.decoded(network + "_seed1", "detections").data();

        float[] found = DecodedFixture.rows(DECODER.decode(golden(network), 0), 300, 1);

        assertArrayEquals(expected, found, 1e-6f);
        for (int i = 4; i < expected.length; i += 6) {
            assertEquals(expected[i], found[i]);
            assertEquals(expected[i + 1], found[i + 1]);
        }
    }

    @Test
    void aBatchOfTwoGivesWhatTwoSinglesGive() {
        Map<String, Tensor> first = golden("ssd300_hardnet68");
        Map<String, Tensor> second = golden("ssd300_hardnet85");

        assertEquals(List.of(DECODER.decode(first, 0), DECODER.decode(second, 0)),
                DECODER.decode(DecodedFixture.batch(List.of(first, second))));
    }

    @Test
    void theInputOf512HasItsOwnPriorBoxes() {
        PriorBoxes priors = PriorBoxes.coco(512);
        float[] values = priors.tensor().data();

        assertEquals(32_756, priors.size());
        assertEquals(512, priors.inputSize());
        // The first of all: centre of the first of 64 x 64 cells, a square of 20.48 pixels.
        assertArrayEquals(new float[] {1 / 128f, 1 / 128f, 0.04f, 0.04f}, Arrays.copyOf(values, 4));
        // The last of all: the whole input's centre, the tall box of 460.8 x sqrt(2), clipped.
        assertArrayEquals(new float[] {0.5f, 0.5f, (float) (0.9 / Math.sqrt(2)), 1},
                Arrays.copyOfRange(values, values.length - 4, values.length));
    }

    @Test
    void coveredBoxesOfAClassAreDroppedButNotThoseOfAnother() {
        Map<String, Tensor> outputs = background();
        float[] conf = outputs.get("conf").data();
        // The square and the larger square at the middle of the 3 x 3 map overlap by 207 / 261; scores 0.38 and 0.50.
        int square = 38 * 38 * 6 + 19 * 19 * 6 + 10 * 10 * 6 + 5 * 5 * 6 + 4 * 4;
        conf[4 * square + 1] = 8.5f;
        conf[4 * (square + 1) + 1] = 20;
        conf[4 * (square + 1) + 3] = 20;

        List<DecodedBox> found = new SsdDecoder(PRIORS, 0.3, 300).decode(outputs, 0);

        assertEquals(2, found.size());
        double half = 150 * Math.sqrt(207 * 261) / 300;
        assertEquals(List.of(0, 2), found.stream().map(DecodedBox::classIndex).toList());
        found.forEach(box -> assertEquals(150 - half, box.left(), 1e-4));
        found.forEach(box -> assertEquals(150 + half, box.bottom(), 1e-4));
    }

    @Test
    void theBackgroundIsNeverFound() {
        assertEquals(List.of(), new SsdDecoder(PRIORS, 0.01, 300).decode(background(), 0));
    }

    @Test
    void manyCandidatesTakeNoLongTime() {
        PriorBoxes priors = PriorBoxes.coco(512);
        Random random = new Random(1);
        Tensor loc = Tensor.zeros(1, priors.size(), 4);
        Tensor conf = Tensor.zeros(1, priors.size(), 81);
        for (int i = 0; i < conf.data().length; i++) {
            conf.data()[i] = (float) random.nextGaussian();
        }
        SsdDecoder decoder = new SsdDecoder(priors, 0.01, 200);

        // About a million pairs of box and class pass the limit: comparing each with each would take hours.
        List<DecodedBox> found = assertTimeout(Duration.ofSeconds(20),
                () -> decoder.decode(Map.of("loc", loc, "conf", conf), 0));

        assertEquals(200, found.size());
    }

    @Test
    void hugeOffsetsGiveHugeBoxesAndNotNonsense() {
        Map<String, Tensor> outputs = background();
        outputs.get("conf").data()[1] = 20;
        Arrays.fill(outputs.get("loc").data(), 0, 4, 1e6f);

        DecodedBox found = DECODER.decode(outputs, 0).getFirst();

        assertTrue(found.left() < -1e9 && found.right() > 1e9 && found.top() < -1e9 && found.bottom() > 1e9);
        assertTrue(Double.isFinite(found.right() - found.left()));
    }

    @Test
    void nonsenseNeverPasses() {
        Map<String, Tensor> outputs = background();
        outputs.get("conf").data()[6] = Float.NaN;
        assertEquals("Element 6 of output conf is NaN, but a finite number is expected.", refusal(outputs, 0));
        outputs.get("conf").data()[6] = 20;
        outputs.get("loc").data()[5] = Float.NaN;
        assertEquals("Element 5 of output loc is NaN, but a finite number is expected.", refusal(outputs, 0));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertEquals("There are no prior boxes for inputs of 320x320 pixels, only for 300x300 and 512x512.",
                assertThrows(HarDNetException.class, () -> PriorBoxes.coco(320)).getMessage());
        assertEquals("Output loc is a tensor 1x9x4 and conf a tensor 1x9x81; expected 4 numbers and the background and "
                        + "at least one class for each of 11620 prior boxes of inputs of 300x300 pixels.",
                refusal(Map.of("loc", Tensor.zeros(1, 9, 4), "conf", Tensor.zeros(1, 9, 81)), 0));
        assertEquals("Output loc is a tensor 1x11620x4; expected 3 dimensions and picture 1 in the first of them.",
                refusal(background(), 1));
        assertEquals("Boxes with scores above 2.0 were asked for, expected 0 to 1.",
                assertThrows(HarDNetException.class, () -> new SsdDecoder(PRIORS, 2, 1)).getMessage());
    }

    private static String refusal(Map<String, Tensor> outputs, int picture) {
        return assertThrows(HarDNetException.class, () -> DECODER.decode(outputs, picture)).getMessage();
    }
}
