package dev.hardnet.vision;

/**
 * Scales and shifts 8-bit pictures as OpenCV 2 to 4 does it in {@code warpAffine} with {@code INTER_LINEAR} and a border of
 * zeros, to the bit: pixels have their centres at whole positions, positions in the picture are rounded to 1/32 of a
 * pixel, and what lies beyond the picture is black. This is how CenterNet's input is made.
 */
final class AffineWarp {
    private static final int CHANNELS = RgbImage.CHANNELS;
    private static final int POSITION_BITS = 5;
    private static final int ONE = 1 << POSITION_BITS;
    /** Positions are added up with more bits than they are then rounded to. */
    private static final int SUM_BITS = 10;

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
        Axis columns = new Axis(picture.width(), width, placement.scaleY() * determinant, placement.left());
        Axis rows = new Axis(picture.height(), height, placement.scaleX() * determinant, placement.top());
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
                    to[at] = (byte) (sum + (ONE * ONE >> 1) >> 2 * POSITION_BITS);
                }
            }
        }
        return new RgbImage(width, height, to);
    }

    /** For each output pixel of an axis: its two input pixels and their weights, 0 for one that does not exist. */
    private static final class Axis {
        final int[] first;
        final int[] second;
        final int[] firstWeight;
        final int[] secondWeight;

        Axis(int inputs, int outputs, double step, int shift) {
            first = new int[outputs];
            second = new int[outputs];
            firstWeight = new int[outputs];
            secondWeight = new int[outputs];
            double start = Math.rint(-step * shift * (1 << SUM_BITS));
            for (int i = 0; i < outputs; i++) {
                long sum = (long) (start + Math.rint(step * i * (1 << SUM_BITS)));
                int shiftBits = SUM_BITS - POSITION_BITS;
                long position = sum + (1 << shiftBits >> 1) >> shiftBits;
                set(i, position >> POSITION_BITS, (int) position & ONE - 1, inputs);
            }
        }

        private void set(int output, long pixel, int fraction, int inputs) {
            first[output] = Math.clamp(pixel, 0, inputs - 1);
            second[output] = Math.clamp(pixel + 1, 0, inputs - 1);
            firstWeight[output] = first[output] == pixel ? ONE - fraction : 0;
            secondWeight[output] = second[output] == pixel + 1 ? fraction : 0;
        }

        int blend(int output, byte one, byte next) {
            return (one & 0xff) * firstWeight[output] + (next & 0xff) * secondWeight[output];
        }
    }
}
