package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Device;
import dev.hardnet.HarDNetException;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.SessionOptions;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.SharedFiles;
import dev.hardnet.weights.Checkpoint;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassifierTest {
    private static final int PICTURES = 1000;

    @Test
    void labelsTheThousandSamplePicturesAsTheAuthorsCodeDoes() {
        try (Checkpoint sample = Checkpoint.open(SharedFiles.path("reference", "models",
                "cifar10_sample_1000.safetensors"));
                Model model = Model.embedded();
                Classifier classifier = Classifier.open(model, SessionOptions.builder().batch(8).build())) {
            float[] logits = sample.read("logits");
            float[] labels = sample.read("labels");
            int[] best = Difference.argMax(logits, 10, 1);
            List<Classifications> found = classifier.classify(pictures(sample));
            int agreeing = 0;
            int correct = 0;
            int expectedCorrect = 0;
            for (int i = 0; i < PICTURES; i++) {
                int index = found.get(i).best().index();
                agreeing += index == best[i] ? 1 : 0;
                correct += index == labels[i] ? 1 : 0;
                expectedCorrect += best[i] == labels[i] ? 1 : 0;
                assertProbabilities(logits, i, found.get(i));
            }
            assertEquals(PICTURES, agreeing);
            assertEquals(863, expectedCorrect);
            assertEquals(expectedCorrect, correct);
        }
    }

    private static void assertProbabilities(float[] logits, int picture, Classifications found) {
        float[] expected = new float[10];
        float[] probabilities = new float[10];
        Classifications authors = Classifications.of(logits, picture, Labels.cifar10());
        for (int c = 0; c < 10; c++) {
            expected[c] = (float) authors.probability(c);
            probabilities[c] = (float) found.probability(c);
        }
        assertTrue(Difference.relative(expected, probabilities) < 1e-4);
    }

    private static List<BufferedImage> pictures(Checkpoint sample) {
        byte[] bytes = sample.raw("images").bytes();
        int size = 32 * 32 * 3;
        List<BufferedImage> pictures = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            pictures.add(new RgbImage(32, 32, Arrays.copyOfRange(bytes, i * size, (i + 1) * size)).toBufferedImage());
        }
        return pictures;
    }

    @Test
    void seesTheShipTheCarAndTheBusInThePhotos() {
        Map<String, String> expected = Map.of("ship.jpg", "ship 0.83", "car.jpg", "automobile 0.85", "bus.jpg",
                "truck 0.74");
        try (Model model = Model.embedded(); Classifier classifier = Classifier.open(model)) {
            expected.forEach((file, label) -> {
                Classification best = classifier.classify(new PictureReader().read(
                        ClassifierTest.class.getResourceAsStream("/dev/hardnet/demo/" + file), file)).best();
                assertEquals(label, "%s %.2f".formatted(best.label(), best.probability()));
            });
        }
    }

    @Test
    void batchesOfAnySizeGiveWhatSinglePicturesGive() {
        BufferedImage ship = new PictureReader().read(
                ClassifierTest.class.getResourceAsStream("/dev/hardnet/demo/ship.jpg"), "ship.jpg");
        try (Model model = Model.embedded(); Classifier one = Classifier.open(model);
                Classifier four = Classifier.open(model, SessionOptions.builder().batch(4).build())) {
            double expected = one.classify(ship).best().probability();
            List<Classifications> found = four.classify(List.of(ship, ship, ship, ship, ship));
            assertEquals(5, found.size());
            found.forEach(each -> assertEquals(expected, each.best().probability()));
        }
    }

    @Test
    void imageNetModelsGetImageNetsLabels() {
        try (Model model = Model.synthetic(Network.HARDNET_39DS, 1);
                Classifier classifier = Classifier.open(model, SessionOptions.builder().size(64, 64).build())) {
            assertEquals(Labels.imageNet().names(), classifier.labels().names());
        }
    }

    @Test
    void refusesWhatDoesNotFitTheModel() {
        try (Model model = Model.embedded()) {
            assertEquals("A classifier sees a square; the session options say 64x96.",
                    refusal(() -> Classifier.open(model, SessionOptions.builder().size(64, 96).build())));
            assertEquals("Expected 10 labels, found 2 in the list given.", refusal(() -> Classifier.open(model,
                    SessionOptions.builder().device(Device.REFERENCE).build(), Labels.of(List.of("a", "b")))));
        }
    }

    private static String refusal(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(HarDNetException.class, action).getMessage();
    }
}
