package dev.hardnet.vision;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;

/** How a camera was held (EXIF 2.3, tag 0x0112): 1 upright, 2..8 the other turns and mirrors of a rectangle. */
final class Orientation {
    /** Nothing to be done. */
    static final int UPRIGHT = 1;

    private Orientation() {
    }

    /**
     * Reads the orientation of an EXIF block.
     *
     * @param tiff the block, from its TIFF header on
     * @return 1..8; 1 when the block says nothing, nonsense, or cannot be read: the picture itself may still be good
     */
    static int of(byte[] tiff) {
        try {
            Directory all = new TIFFReader().read(new ByteArrayImageInputStream(tiff));
            // The second directory, if any, describes the thumbnail.
            Directory main = all instanceof CompoundDirectory compound ? compound.getDirectory(0) : all;
            Entry entry = main.getEntryById(TIFF.TAG_ORIENTATION);
            int value = entry != null && entry.getValue() instanceof Number number ? number.intValue() : UPRIGHT;
            return value >= 1 && value <= 8 ? value : UPRIGHT;
        } catch (IOException | RuntimeException e) {
            return UPRIGHT;
        }
    }

    /**
     * Turns a picture upright.
     *
     * @param picture     as stored
     * @param orientation 1..8
     * @return the picture as it was seen, width and height exchanged for 5..8
     */
    static RgbImage upright(RgbImage picture, int orientation) {
        if (orientation == UPRIGHT) {
            return picture;
        }
        boolean turned = orientation >= 5;
        int stepX = isMirrored(orientation) ? -1 : 1;
        int stepY = isUpsideDown(orientation) ? -picture.width() : picture.width();
        int start = (stepX < 0 ? picture.width() - 1 : 0)
                + (stepY < 0 ? (picture.height() - 1) * picture.width() : 0);
        return turned
                ? walk(picture, start, stepY, stepX, picture.height(), picture.width())
                : walk(picture, start, stepX, stepY, picture.width(), picture.height());
    }

    /** Whether stored columns run from the right. */
    private static boolean isMirrored(int orientation) {
        return orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    }

    /** Whether stored rows run from the bottom. */
    private static boolean isUpsideDown(int orientation) {
        return orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    }

    private static RgbImage walk(RgbImage picture, int start, int right, int down, int width, int height) {
        byte[] from = picture.pixels();
        byte[] to = new byte[from.length];
        int target = 0;
        for (int y = 0; y < height; y++) {
            int source = (start + y * down) * RgbImage.CHANNELS;
            for (int x = 0; x < width; x++, source += right * RgbImage.CHANNELS, target += RgbImage.CHANNELS) {
                to[target] = from[source];
                to[target + 1] = from[source + 1];
                to[target + 2] = from[source + 2];
            }
        }
        return new RgbImage(width, height, to);
    }
}
