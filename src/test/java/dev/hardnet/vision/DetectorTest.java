package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.SessionOptions;
import dev.hardnet.Tensor;
import dev.hardnet.graph.Shape;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetectorTest {
    /** The smallest input of CenterNet; with seed 3 many boxes have a positive size. */
    private static final int SIZE = 32;
    private static final long SEED = 3;

    private static SessionOptions options(int batch, int size) {
        return SessionOptions.builder().batch(batch).size(size, size).build();
    }

    /** Three pictures in batches of two, against the session's outputs for a batch of the last and the first. */
    @Test
    void detectionsAreTheDecodersBoxesInEachPicture() {
        List<RgbImage> pictures = List.of(Fixtures.synthetic(150, 80), Fixtures.synthetic(40, 90),
                Fixtures.synthetic(64, 64));
        DetectorOptions shown = DetectorOptions.builder().above(0.1).limit(20).fit(PictureFit.PAD).build();
        try (Model model = Model.synthetic(Network.CENTERNET_HARDNET_68, SEED);
                Detector detector = Detector.open(model, options(2, SIZE), shown)) {
            DetectorInput input = DetectorInput.centerNet(SIZE, SIZE, PictureFit.PAD);
            Tensor swapped = Tensor.zeros(2, 3, SIZE, SIZE);
            input.apply(pictures.get(2), swapped.data(), 0);
            input.apply(pictures.get(0), swapped.data(), 1);
            Map<String, Tensor> outputs = detector.session().run(swapped);

            List<Detections> found = detector.detect(pictures.stream().map(RgbImage::toBufferedImage).toList());

            assertEquals(3, found.size());
            assertEquals(expected(outputs, 1, pictures.get(0)), found.get(0));
            assertEquals(expected(outputs, 0, pictures.get(2)), found.get(2));
            assertEquals(40, found.get(1).width());
            found.forEach(each -> assertFalse(each.all().isEmpty()));
        }
    }

    private static Detections expected(Map<String, Tensor> outputs, int position, RgbImage picture) {
        return expected(new CenterNetDecoder(0.1, 20).decode(outputs, position),
                Placement.of(PictureFit.PAD, picture.width(), picture.height(), SIZE, SIZE), picture);
    }

    private static Detections expected(List<DecodedBox> boxes, Placement placement, RgbImage picture) {
        List<Detection> detections = new ArrayList<>();
        for (DecodedBox decoded : boxes) {
            Box box = placement.toPicture(decoded);
            if (box.area() > 0) {
                detections.add(new Detection(Labels.coco().get(decoded.classIndex()), decoded.classIndex(),
                        decoded.score(), box));
            }
        }
        return new Detections(picture.width(), picture.height(), detections);
    }

    @Test
    void theLabelsAreCocosUnlessOthersAreGiven() {
        Labels others = Labels.numbered(80);
        try (Model model = Model.synthetic(Network.CENTERNET_HARDNET_68, SEED);
                Detector usual = Detector.open(model, options(1, SIZE));
                Detector other = Detector.open(model, options(1, SIZE), others)) {
            assertEquals(Labels.coco().names(), usual.labels().names());
            assertEquals(others.names(), other.labels().names());
        }
    }

    @Test
    void theBackgroundOfAnSsdNetworkHasNoLabel() {
        try (Model model = Model.synthetic(Network.SSD300_HARDNET_68, SEED);
                Detector detector = Detector.open(model, options(1, 300))) {
            assertEquals(81, model.classes());
            assertEquals(Labels.coco().names(), detector.labels().names());
            assertEquals("Expected 80 labels, found 81 in a list of 81.",
                    refusal(() -> Detector.open(model, options(1, 300), Labels.numbered(81))));
        }
    }

    /** Another network with SSD's outputs and prior boxes. */
    @Test
    void theOutputsOfAnRfbNetworkAreReadAsThoseOfSsd() {
        RgbImage picture = Fixtures.synthetic(150, 80);
        DetectorOptions shown = DetectorOptions.builder().above(0.9).limit(20).build();
        try (Model model = Model.synthetic(Network.RFB300_HARDNET_68, SEED);
                Detector detector = Detector.open(model, options(1, 300), shown)) {
            Tensor input = Tensor.zeros(1, 3, 300, 300);
            DetectorInput.ssd(300, PictureFit.STRETCH).apply(picture, input.data(), 0);
            List<DecodedBox> boxes = new SsdDecoder(PriorBoxes.coco(300), 0.9, 20)
                    .decode(detector.session().run(input), 0);

            Detections found = detector.detect(picture.toBufferedImage());

            assertFalse(found.all().isEmpty());
            assertEquals(expected(boxes, Placement.of(PictureFit.STRETCH, 150, 80, 300, 300), picture), found);
        }
    }

    @Test
    void ssdTakesOnlyTheSizesThatItsPriorBoxesAreFor() {
        assertEquals("An SSD network sees a square; this session was opened for 300x320.",
                refusal(() -> DetectionHead.SSD.input(new Shape(1, 3, 300, 320), PictureFit.STRETCH)));
        assertEquals("There are no prior boxes for inputs of 320x320 pixels, only for 300x300 and 512x512.",
                refusal(() -> DetectionHead.SSD.decoder(new Shape(1, 3, 320, 320), 0.5, 100)));
    }

    @Test
    void aHeadIsKnownByItsOutputs() {
        assertEquals(DetectionHead.SSD, DetectionHead.of(List.of("conf", "loc")));
        assertEquals(DetectionHead.CENTERNET, DetectionHead.of(List.of("hm", "wh")));
        assertEquals("Outputs [logits] cannot be read as boxes; expected hm and wh, or loc and conf.",
                refusal(() -> DetectionHead.of(List.of("logits"))));
    }

    @Test
    void aClassifierIsRefused() {
        try (Model model = Model.embedded()) {
            assertEquals("hardnet39ds does not detect; expected a detection network.",
                    refusal(() -> Detector.open(model)));
        }
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertEquals("Boxes with scores above -0.1 were asked for, expected 0 to 1.",
                refusal(() -> DetectorOptions.builder().above(-0.1).build()));
        assertEquals("At most 0 boxes were asked for, expected at least 1.",
                refusal(() -> DetectorOptions.builder().limit(0).build()));
    }

    @Test
    void aClosedDetectorDetectsNothing() {
        try (Model model = Model.synthetic(Network.CENTERNET_HARDNET_68, SEED)) {
            Detector detector = Detector.open(model, options(1, SIZE));
            detector.close();
            detector.close();

            BufferedImage picture = Fixtures.synthetic(10, 10).toBufferedImage();
            assertThrows(IllegalStateException.class, () -> detector.detect(picture));
        }
    }

    private static String refusal(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(HarDNetException.class, action).getMessage();
    }
}
