package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Device;
import dev.hardnet.HarDNetException;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.Tensor;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SegmenterTest {
    private static final int HEIGHT = 64;
    private static final int WIDTH = 96;
    private static final int PIXELS = HEIGHT * WIDTH;
    private static final int CLASSES = 19;

    private static Model model;

    @BeforeAll
    static void makeWeights() {
        model = Model.synthetic(Network.byName("fchardnet70"), 1);
    }

    @AfterAll
    static void letWeightsGo() {
        model.close();
    }

    private static SessionOptions.Builder options() {
        return SessionOptions.builder().device(Device.REFERENCE).size(HEIGHT, WIDTH);
    }

    private static BufferedImage picture(int width, int height) {
        return Fixtures.synthetic(width, height).toBufferedImage();
    }

    /** The network's input as the authors' code makes it, for a picture of the network's size. */
    private static Tensor input(BufferedImage picture) {
        float[] mean = {0.406f, 0.456f, 0.485f};
        float[] std = {0.225f, 0.224f, 0.229f};
        Tensor tensor = Tensor.zeros(1, 3, HEIGHT, WIDTH);
        for (int i = 0; i < PIXELS; i++) {
            int rgb = picture.getRGB(i % WIDTH, i / WIDTH);
            for (int c = 0; c < 3; c++) {
                // Blue is in the lowest bits.
                tensor.data()[c * PIXELS + i] = ((rgb >> 8 * c & 0xff) / 255f - mean[c]) / std[c];
            }
        }
        return tensor;
    }

    @Test
    void theMapIsTheArgMaxOfTheNetworksLogits() {
        BufferedImage picture = picture(WIDTH, HEIGHT);
        try (Session session = Session.open(model, options().build());
                Segmenter segmenter = Segmenter.open(model, options().build())) {
            float[] logits = session.run(input(picture)).get("logits").data();
            SegmentationMap map = segmenter.segment(picture);

            assertEquals(List.of("classes"), segmenter.session().outputNames());
            assertEquals(WIDTH, map.width());
            assertEquals(HEIGHT, map.height());
            assertFalse(map.hasScores());
            assertArrayEquals(SegmentationMap.of(WIDTH, HEIGHT, logits, Labels.cityscapes()).classes(), map.classes());
            assertTrue(map.shares().size() > 1, () -> "a map of one class proves little: " + map);
        }
    }

    @Test
    void scoresAreTheLogitsAndTheirHighestIsTheClass() {
        BufferedImage picture = picture(WIDTH, HEIGHT);
        try (Session session = Session.open(model, options().build());
                Segmenter bytes = Segmenter.open(model, options().build());
                Segmenter scored = Segmenter.openWithScores(model, options().argMax(true).build())) {
            float[] logits = session.run(input(picture)).get("logits").data();
            SegmentationMap map = scored.segment(picture);

            assertArrayEquals(logits, map.scores());
            assertArrayEquals(bytes.segment(picture).classes(), map.classes());
            assertEquals(logits[7 * PIXELS + 5 * WIDTH + 3], map.score(7, 3, 5));
            assertHighest(map);
        }
    }

    private static void assertHighest(SegmentationMap map) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int index = 0; index < CLASSES; index++) {
                    float best = map.score(map.classAt(x, y), x, y);
                    float score = map.score(index, x, y);
                    assertTrue(index < map.classAt(x, y) ? score < best : score <= best);
                }
            }
        }
    }

    @Test
    void picturesOfOtherSizesAreResizedToTheNetworks() {
        BufferedImage photo = picture(131, 57);
        BufferedImage resized = BilinearResize.resize(RgbImage.of(photo), WIDTH, HEIGHT).toBufferedImage();
        try (Segmenter segmenter = Segmenter.open(model, options().build())) {
            SegmentationMap map = segmenter.segment(photo);

            assertEquals(segmenter.segment(resized), map);
            assertEquals(131, map.resize(131, 57).width());
        }
    }

    @Test
    void batchesGiveWhatSinglePicturesGive() {
        List<BufferedImage> pictures = List.of(picture(WIDTH, HEIGHT), picture(33, 80), picture(200, 20));
        try (Segmenter one = Segmenter.open(model, options().build());
                Segmenter two = Segmenter.open(model, options().batch(2).build());
                Segmenter scored = Segmenter.openWithScores(model, options().batch(2).build())) {
            List<SegmentationMap> expected = pictures.stream().map(one::segment).toList();

            assertEquals(expected, two.segment(pictures));
            List<SegmentationMap> withScores = scored.segment(pictures);
            for (int i = 0; i < pictures.size(); i++) {
                assertArrayEquals(expected.get(i).classes(), withScores.get(i).classes());
            }
            assertEquals(List.of(), one.segment(List.of()));
        }
    }

    @Test
    void cityscapesLabelsGoWithNineteenClasses() {
        try (Segmenter segmenter = Segmenter.open(model, options().build())) {
            assertEquals(Labels.cityscapes().names(), segmenter.labels().names());
        }
    }

    @Test
    void ownLabelsTakeTheirPlace() {
        Labels labels = Labels.numbered(CLASSES);
        try (Segmenter segmenter = Segmenter.open(model, options().build(), labels)) {
            SegmentationMap map = segmenter.segment(picture(WIDTH, HEIGHT));

            assertEquals("class " + map.classAt(0, 0), map.label(0, 0));
        }
    }

    @Test
    void refusesWhatDoesNotFitTheModel() {
        try (Model classification = Model.embedded()) {
            assertEquals("hardnet39ds does not segment; expected a segmentation network.",
                    refusal(() -> Segmenter.open(classification)));
        }
        assertEquals("Expected 19 labels, found 2 in the list given.",
                refusal(() -> Segmenter.open(model, options().build(), Labels.of(Arrays.asList("a", "b")))));
    }

    private static String refusal(Executable action) {
        return assertThrows(HarDNetException.class, action).getMessage();
    }
}
