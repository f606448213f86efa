package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
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
    private static final int WIDTH = 72;
    private static final int PIXELS = HEIGHT * WIDTH;
    private static final int CLASSES = 19;

    private static Model model;
    private static Segmenter segmenter;
    private static Segmenter scored;

    @BeforeAll
    static void open() {
        model = Model.synthetic(Network.byName("fchardnet70"), 1);
        segmenter = Segmenter.open(model, options().build());
        scored = Segmenter.openWithScores(model, options().batch(2).argMax(true).build());
    }

    @AfterAll
    static void close() {
        scored.close();
        segmenter.close();
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
        try (Session session = Session.open(model, options().build())) {
            float[] logits = session.run(input(picture)).get("logits").data();
            SegmentationMap map = segmenter.segment(picture);
            SegmentationMap withScores = scored.segment(picture);

            assertEquals(WIDTH, map.width());
            assertEquals(HEIGHT, map.height());
            assertFalse(map.hasScores());
            assertArrayEquals(SegmentationMap.of(WIDTH, HEIGHT, logits, Labels.cityscapes()).classes(), map.classes());
            assertTrue(map.shares().size() > 1, () -> "a map of one class proves little: " + map);
            assertArrayEquals(logits, withScores.scores());
            assertArrayEquals(map.classes(), withScores.classes());
            assertEquals(logits[7 * PIXELS + 5 * WIDTH + 3], withScores.score(7, 3, 5));
            assertHighest(withScores);
        }
    }

    @Test
    void scoresAreStoredOnlyWhereTheyAreWanted() {
        assertEquals(List.of("classes"), segmenter.session().outputNames());
        assertEquals(List.of("logits"), scored.session().outputNames());
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

        assertEquals(segmenter.segment(resized), segmenter.segment(photo));
    }

    @Test
    void batchesGiveWhatSinglePicturesGive() {
        List<BufferedImage> pictures = List.of(picture(WIDTH, HEIGHT), picture(33, 90), picture(200, 20));
        try (Segmenter two = Segmenter.open(model, options().batch(2).build())) {
            List<SegmentationMap> expected = pictures.stream().map(segmenter::segment).toList();
            List<SegmentationMap> withScores = scored.segment(pictures);

            assertEquals(expected, two.segment(pictures));
            for (int i = 0; i < pictures.size(); i++) {
                assertArrayEquals(expected.get(i).classes(), withScores.get(i).classes());
            }
            assertEquals(List.of(), two.segment(List.of()));
        }
    }

    @Test
    void cityscapesLabelsGoWithNineteenClasses() {
        assertEquals(Labels.cityscapes().names(), segmenter.labels().names());
    }

    @Test
    void ownLabelsTakeTheirPlace() {
        Labels labels = Labels.numbered(CLASSES);
        try (Segmenter own = Segmenter.open(model, options().build(), labels)) {
            assertSame(labels, own.labels());
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
