package dev.hardnet.vision;

/**
 * Scales and shifts 8-bit pictures as OpenCV 2 to 4 does it in {@code warpAffine} with {@code INTER_LINEAR} and a
 * border of zeros, to the bit: pixels have their centres at whole positions, positions in the picture are rounded to
 * 1/32 of a pixel, and what lies beyond the picture is black. This is how CenterNet's input is made.
 */
final class AffineWarp {
    private static final int CHANNELS = RgbImage.CHANNELS;
    /** Positions are rounded to parts of a pixel; weights are as many parts of one. */
    private static final int ONE = 32;
    /** Before, they are added up in finer parts. */
    private static final int SUM_ONE = 1024;

    private AffineWarp() {
    }

    /**
     * Makes a network's input of a picture.
     *
     * @param picture   any size
     * @param placement where it goes
     * @param width     columns of the result, at least 1
     * @param height    rows of the result, at least 1
     * @return a new picture
     */
    static RgbImage warp(RgbImage picture, Placement placement, int width, int height) {
        // As OpenCV inverts the matrix: where a position is half way between two, the last bit decides.
        double determinant = 1 / (placement.scaleX() * placement.scaleY());
        Axis columns = new Axis(picture.width(),
                columnPositions(width, placement.scaleY() * determinant, placement.left()));
        Axis rows = new Axis(picture.height(), rowPositions(height, placement.scaleX() * determinant, placement.top()));
        byte[] from = picture.pixels();
        byte[] to = RgbImage.allocate(width, height);
        int stride = picture.width() * CHANNELS;
        for (int y = 0, at = 0; y < height; y++) {
            int upper = rows.first[y] * stride;
            int lower = rows.second[y] * stride;
            for (int x = 0; x < width; x++) {
                int left = columns.first[x] * CHANNELS;
                int right = columns.second[x] * CHANNELS;
                for (int c = 0; c < CHANNELS; c++, at++) {
                    int above = columns.blend(x, from[upper + left + c], from[upper + right + c]);
                    int below = columns.blend(x, from[lower + left + c], from[lower + right + c]);
                    int sum = above * rows.firstWeight[y] + below * rows.secondWeight[y];
                    to[at] = (byte) ((sum + ONE * ONE / 2) / (ONE * ONE));
                }
            }
        }
        return new RgbImage(width, height, to);
    }

    /** Where the columns of the result lie in the picture, in 1/1024 pixels. */
    private static long[] columnPositions(int columns, double step, int shift) {
        long[] positions = new long[columns];
        for (int x = 0; x < columns; x++) {
            positions[x] = Math.round(Math.rint(step * x * SUM_ONE) + Math.rint(-step * shift * SUM_ONE));
        }
        return positions;
    }

    /** The same of rows, which are rounded once and not in two parts. */
    private static long[] rowPositions(int rows, double step, int shift) {
        long[] positions = new long[rows];
        for (int y = 0; y < rows; y++) {
            positions[y] = Math.round(Math.rint((step * y - step * shift) * SUM_ONE));
        }
        return positions;
    }

    /** For each output pixel of an axis: its two input pixels and their weights, 0 for one that does not exist. */
    private static final class Axis {
        private static final int HALF = SUM_ONE / ONE / 2;

        final int[] first;
        final int[] second;
        final int[] firstWeight;
        final int[] secondWeight;

        Axis(int inputs, long[] positions) {
            first = new int[positions.length];
            second = new int[positions.length];
            firstWeight = new int[positions.length];
            secondWeight = new int[positions.length];
            for (int i = 0; i < positions.length; i++) {
                long position = Math.floorDiv(positions[i] + HALF, SUM_ONE / ONE);
                long pixel = Math.floorDiv(position, ONE);
                int fraction = Math.floorMod(position, ONE);
                first[i] = Math.clamp(pixel, 0, inputs - 1);
                second[i] = Math.clamp(pixel + 1, 0, inputs - 1);
                firstWeight[i] = first[i] == pixel ? ONE - fraction : 0;
                secondWeight[i] = second[i] == pixel + 1 ? fraction : 0;
            }
        }

        int blend(int output, byte one, byte next) {
            return (one & 0xff) * firstWeight[output] + (next & 0xff) * secondWeight[output];
        }
    }
}
