package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import dev.hardnet.Tensor;
import java.awt.image.BufferedImage;

/**
 * From a picture to the input of a detection network, as the authors' evaluation does it: scaled bilinearly, without
 * antialiasing, channels in the order blue, green, red. Immutable; may be shared between threads.
 */
public final class DetectorInput {
    private static final float[] CENTERNET_MEAN = {0.40789654f, 0.44719302f, 0.47026115f};
    private static final float[] CENTERNET_STD = {0.28863828f, 0.27408164f, 0.27809835f};
    private static final float[] SSD_MEAN = {104, 117, 123};
    private static final float[] SSD_STD = {1, 1, 1};

    private final int height;
    private final int width;
    private final PictureFit fit;
    private final Sampling sampling;
    private final PixelScaling scaling;

    /** Makes a picture of the input's size. */
    private interface Sampling {
        RgbImage sample(RgbImage picture, Placement placement, int width, int height);
    }

    private DetectorInput(int height, int width, PictureFit fit, Sampling sampling, PixelScaling scaling) {
        if (height < 1 || width < 1 || (long) height * width * RgbImage.CHANNELS > Integer.MAX_VALUE) {
            throw new HarDNetException("A detection network cannot have an input of %dx%d pixels: both sides must be "
                    .formatted(height, width) + "at least 1 and all samples fewer than 2^31.");
        }
        this.height = height;
        this.width = width;
        this.fit = fit;
        this.sampling = sampling;
        this.scaling = scaling;
    }

    /**
     * CenterNet's: warped with pixel centres at whole positions, each sample then {@code (sample / 255 - mean) / std}
     * with the mean 0.408 0.447 0.470 and the standard deviation 0.289 0.274 0.278 of blue, green and red.
     * CenterNet-HarDNet was evaluated stretched to 512x512; what a padded input leaves free is black before the mean is
     * subtracted.
     *
     * @param height input rows, at least 1
     * @param width  input columns, at least 1
     * @param fit    what happens to pictures of another shape
     * @return the preprocessing
     * @throws HarDNetException when the sizes are out of range
     */
    public static DetectorInput centerNet(int height, int width, PictureFit fit) {
        return new DetectorInput(height, width, fit, AffineWarp::warp,
                new PixelScaling(PixelScaling.Order.BGR, 255, CENTERNET_MEAN, CENTERNET_STD));
    }

    /**
     * SSD's: resized with pixel centres at half positions, each sample then {@code sample - mean} with the mean 104 117
     * 123 of blue, green and red. It was trained and evaluated stretched.
     *
     * @param size input rows and columns, at least 1
     * @param fit  what happens to pictures of another shape
     * @return the preprocessing
     * @throws HarDNetException when the size is out of range
     */
    public static DetectorInput ssd(int size, PictureFit fit) {
        return new DetectorInput(size, size, fit, DetectorInput::resized,
                new PixelScaling(PixelScaling.Order.BGR, 1, SSD_MEAN, SSD_STD));
    }

    private static RgbImage resized(RgbImage picture, Placement placement, int width, int height) {
        RgbImage resized = BilinearResize.resize(picture, placement.width(), placement.height());
        if (placement.width() == width && placement.height() == height) {
            return resized;
        }
        byte[] canvas = RgbImage.allocate(width, height);
        int row = placement.width() * RgbImage.CHANNELS;
        for (int y = 0; y < placement.height(); y++) {
            int to = ((placement.top() + y) * width + placement.left()) * RgbImage.CHANNELS;
            System.arraycopy(resized.pixels(), y * row, canvas, to, row);
        }
        return new RgbImage(width, height, canvas);
    }

    /**
     * Where a picture goes.
     *
     * @param pictureWidth  its columns, at least 1
     * @param pictureHeight its rows, at least 1
     * @return the part of the input it fills
     */
    public Placement placement(int pictureWidth, int pictureHeight) {
        return Placement.of(fit, pictureWidth, pictureHeight, width, height);
    }

    /**
     * Makes the input for one picture.
     *
     * @param picture any size and type
     * @return a new tensor, 1 x 3 x height x width
     */
    public Tensor apply(BufferedImage picture) {
        Tensor tensor = Tensor.zeros(1, RgbImage.CHANNELS, height, width);
        apply(RgbImage.of(picture), tensor.data(), 0);
        return tensor;
    }

    /**
     * Writes the input for one picture into a batch N x 3 x height x width.
     *
     * @param picture  any size
     * @param batch    the batch's elements in row-major order
     * @param position the picture's place in the batch, from 0
     * @throws HarDNetException when the array has no such place
     */
    public void apply(RgbImage picture, float[] batch, int position) {
        Placement placement = placement(picture.width(), picture.height());
        scaling.write(sampling.sample(picture, placement, width, height), batch, position);
    }
}
