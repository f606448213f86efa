package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import dev.hardnet.Tensor;
import dev.hardnet.testing.SharedFiles;
import dev.hardnet.weights.Checkpoint;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessingTest {
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] STD = {0.229f, 0.224f, 0.225f};

    private static RgbImage read(String first, String... more) {
        return RgbImage.of(new PictureReader().read(SharedFiles.path(first, more)));
    }

    static Stream<List<String>> crops() {
        return Fixtures.rows("crops.tsv");
    }

    @ParameterizedTest
    @MethodSource("crops")
    void theCropIsTorchvisionsForEveryShape(List<String> row) {
        List<Integer> sizes = row.subList(0, 4).stream().map(Integer::valueOf).toList();
        Preprocessing preprocessing = Preprocessing.of(sizes.get(2), sizes.get(3), MEAN, STD);

        RgbImage crop = preprocessing.cropOf(Fixtures.synthetic(sizes.get(0), sizes.get(1)));

        assertEquals(sizes.get(3), crop.width());
        assertEquals(sizes.get(3), crop.height());
        assertEquals(row.get(4), Fixtures.crc(crop));
    }

    @ParameterizedTest
    @ValueSource(strings = {"photo_a", "photo_b"})
    void theCropOfAPhotoEqualsThePublishedOne(String photo) {
        RgbImage expected = read("reference", "preprocess", photo + "_resize256_crop224.png");

        RgbImage actual = Preprocessing.imageNet().cropOf(read("reference", "preprocess", photo + ".png"));

        assertArrayEquals(expected.pixels(), actual.pixels());
    }

    @ParameterizedTest
    @ValueSource(strings = {"photo_a", "photo_b"})
    void theTensorOfAPhotoEqualsThePublishedOne(String photo) {
        Tensor actual = Preprocessing.imageNet().apply(read("reference", "preprocess", photo + ".png"));

        assertTrue(actual.hasShape(1, 3, 224, 224));
        assertEquals(0, largestDifference(expected(photo), actual.data()), 1e-6);
    }

    /**
     * The PNG is a smaller copy (700 columns) of the original, so equality cannot be had. Of photo_b the copy's sides
     * are rounded to another shape, which moves the crop by half a pixel: a lot in a picture full of spokes.
     */
    @ParameterizedTest
    @CsvSource({"photo_a, 0.09, 0.006", "photo_b, 2.2, 0.11"})
    void theTensorOfTheOriginalPhotoIsCloseToThatOfItsCopy(String photo, double largest, double mean) {
        float[] expected = expected(photo);

        RgbImage original = read("reference", "preprocess", photo + "_original.jpg");
        float[] actual = Preprocessing.imageNet().apply(original).data();

        assertEquals(0, largestDifference(expected, actual), largest);
        assertEquals(0, meanDifference(expected, actual), mean);
    }

    private static float[] expected(String photo) {
        try (Checkpoint file = Checkpoint.open(
                SharedFiles.path("reference", "preprocess", photo + "_imagenet_224.safetensors"))) {
            return file.read("input");
        }
    }

    private static double largestDifference(float[] expected, float[] actual) {
        assertEquals(expected.length, actual.length);
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i] - actual[i]));
        }
        return largest;
    }

    private static double meanDifference(float[] expected, float[] actual) {
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            sum += Math.abs(expected[i] - actual[i]);
        }
        return sum / expected.length;
    }

    @Test
    void channelsArePlanesOfNormalisedRedGreenAndBlue() {
        RgbImage pixel = new RgbImage(1, 1, new byte[] {(byte) 255, 0, 102});

        float[] mean = {0.5f, 0.25f, 0.4f};
        float[] std = {0.5f, 0.25f, 2f};

        Tensor tensor = Preprocessing.of(1, 1, mean, std).apply(pixel);

        assertTrue(tensor.hasShape(1, 3, 1, 1));
        assertArrayEquals(new float[] {1f, -1f, 0f}, tensor.data());
    }

    @Test
    void aPictureOfABatchIsWrittenInItsPlaceOnly() {
        Preprocessing preprocessing = Preprocessing.of(20, 16, MEAN, STD);
        RgbImage picture = Fixtures.synthetic(33, 21);
        int elements = 3 * 16 * 16;
        float[] batch = new float[3 * elements];
        Arrays.fill(batch, Float.NaN);

        preprocessing.apply(picture, batch, 1);

        float[] expected = new float[3 * elements];
        Arrays.fill(expected, Float.NaN);
        System.arraycopy(preprocessing.apply(picture.toBufferedImage()).data(), 0, expected, elements, elements);
        assertArrayEquals(expected, batch);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2})
    void aPlaceOutsideTheBatchIsRefused(int position) {
        Preprocessing preprocessing = Preprocessing.of(20, 16, MEAN, STD);

        assertEquals("There is no place %d for a picture of 3x16x16 in a batch of 1536 elements.".formatted(position),
                assertThrows(HarDNetException.class,
                        () -> preprocessing.apply(Fixtures.synthetic(33, 21), new float[1536], position)).getMessage());
    }

    @Test
    void aStripThatWouldGrowBeyondMemoryIsCroppedAllTheSame() {
        RgbImage crop = Preprocessing.imageNet().cropOf(Fixtures.synthetic(60_000, 1));

        assertEquals(224, crop.width());
        assertEquals(224, crop.height());
    }

    @Test
    void otherSizesKeepTheShareOfTheCrop() {
        assertEquals(256, Preprocessing.imageNet().resize());
        assertEquals(224, Preprocessing.imageNet().crop());
        assertEquals(293, Preprocessing.imageNet(256).resize());
        assertEquals(37, Preprocessing.imageNet(32).resize());
        assertArrayEquals(MEAN, Preprocessing.imageNet(32).mean());
        assertArrayEquals(STD, Preprocessing.imageNet(32).std());
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertRefused("A crop of 65 pixels cannot be cut from a shorter side of 64: it must be 1 to 64.",
                64, 65, MEAN, STD);
        assertRefused("A crop of 0 pixels cannot be cut from a shorter side of 64: it must be 1 to 64.",
                64, 0, MEAN, STD);
        assertRefused("Mean and standard deviation have 1 and 3 values, expected 3 of each.",
                64, 64, new float[1], STD);
        assertRefused("Mean [0.485, 0.456, 0.406] and standard deviation [0.0, 0.0, 0.0]: all must be finite, "
                + "deviations above 0.", 64, 64, MEAN, new float[3]);
    }

    private static void assertRefused(String message, int resize, int crop, float[] mean, float[] std) {
        assertEquals(message, assertThrows(HarDNetException.class,
                () -> Preprocessing.of(resize, crop, mean, std)).getMessage());
    }
}
