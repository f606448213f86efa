package dev.hardnet.vision;

import dev.hardnet.testing.SharedFiles;
import java.awt.Polygon;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws the overlays in README. No trained weights come with the project, so boxes and regions are set by hand; the
 * drawing is that of the commands.
 */
final class ReadmePictures {
    private static final String PHOTO = "33887522274_eebd074106_k.jpg";

    private ReadmePictures() {
    }

    /** Writes segmentation.png and detection.png into the folder given. */
    public static void main(String[] arguments) {
        BufferedImage photo = new PictureReader().read(SharedFiles.path("reference", "photos", PHOTO));
        Labels cityscapes = Labels.cityscapes();
        SegmentationMap map = SegmentationMap.of(photo.getWidth(), photo.getHeight(), classes(photo, cityscapes),
                cityscapes);
        Path folder = Path.of(arguments[0]);
        PictureWriter.write(new SegmentationOverlay(Palette.cityscapes()).draw(photo, map),
                folder.resolve("segmentation.png"));
        PictureWriter.write(new DetectionOverlay(Palette.of(Labels.coco())).draw(photo, detections(photo)),
                folder.resolve("detection.png"));
    }

    private static byte[] classes(BufferedImage photo, Labels labels) {
        BufferedImage map = new BufferedImage(photo.getWidth(), photo.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        byte[] samples = ((DataBufferByte) map.getRaster().getDataBuffer()).getData();
        Arrays.fill(samples, (byte) labels.names().indexOf("sky"));
        regions().forEach((shape, label) -> fill(samples, photo.getWidth(), shape, labels.names().indexOf(label)));
        return samples;
    }

    private static void fill(byte[] samples, int width, Shape shape, int index) {
        for (int i = 0; i < samples.length; i++) {
            if (shape.contains(i % width, i / width)) {
                samples[i] = (byte) index;
            }
        }
    }

    /** Later ones lie in front. */
    private static Map<Shape, String> regions() {
        Map<Shape, String> regions = new LinkedHashMap<>();
        regions.put(polygon(0, 105, 60, 122, 130, 132, 190, 135, 240, 150, 280, 158, 330, 152, 360, 158, 500, 152, 545,
                152, 640, 115, 700, 148, 740, 160, 848, 138, 848, 470, 0, 470), "terrain");
        regions.put(polygon(0, 348, 30, 340, 55, 350, 75, 364, 75, 380, 0, 382), "vegetation");
        regions.put(polygon(155, 356, 172, 350, 190, 360, 230, 350, 255, 360, 280, 348, 297, 358, 297, 372, 155, 378),
                "vegetation");
        regions.put(polygon(556, 384, 580, 350, 600, 336, 625, 358, 660, 358, 685, 336, 705, 362, 760, 370, 805, 364,
                825, 340, 848, 350, 848, 450, 780, 438, 700, 430, 556, 418), "vegetation");
        regions.put(polygon(0, 600, 0, 462, 165, 424, 182, 392, 0, 386, 0, 382, 390, 384, 540, 420, 640, 430, 690, 438,
                780, 442, 848, 456, 848, 600), "road");
        regions.put(polygon(184, 395, 204, 370, 215, 366, 276, 366, 296, 392, 308, 392, 301, 410, 301, 462, 286, 463, 282,
                452, 200, 456, 198, 465, 184, 465, 181, 420), "car");
        regions.put(polygon(390, 320, 396, 282, 408, 268, 420, 240, 480, 243, 504, 266, 522, 272, 536, 318, 528, 330, 531,
                415, 518, 437, 395, 435, 388, 402), "bus");
        regions.put(new Ellipse2D.Double(666, 357, 25, 84), "person");
        regions.put(new Ellipse2D.Double(688, 354, 26, 88), "person");
        regions.put(new Ellipse2D.Double(716, 358, 27, 84), "person");
        return regions;
    }

    private static Polygon polygon(int... xy) {
        Polygon polygon = new Polygon();
        for (int i = 0; i < xy.length; i += 2) {
            polygon.addPoint(xy[i], xy[i + 1]);
        }
        return polygon;
    }

    private static Detections detections(BufferedImage photo) {
        return new Detections(photo.getWidth(), photo.getHeight(), List.of(
                detection("bus", 0.99, new Box(384, 239, 152, 200)),
                detection("car", 0.97, new Box(177, 365, 132, 101)),
                detection("person", 0.95, new Box(715, 358, 28, 83)),
                detection("person", 0.93, new Box(665, 357, 27, 83)),
                detection("person", 0.91, new Box(688, 354, 26, 87))));
    }

    private static Detection detection(String label, double score, Box box) {
        return new Detection(label, Labels.coco().names().indexOf(label), score, box);
    }
}
