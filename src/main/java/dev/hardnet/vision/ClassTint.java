package dev.hardnet.vision;

/** Mixes the colours of classes into a picture, and outlines each region inside with its full colour. */
final class ClassTint {
    private static final int LEVELS = 256;

    private final Palette palette;
    private final double opacity;
    private final int outline;

    /** The outline is so many pixels wide, on either side of a border. */
    ClassTint(Palette palette, double opacity, int outline) {
        this.palette = palette;
        this.opacity = opacity;
        this.outline = outline;
    }

    /** Paints a new picture; the map has its size. */
    RgbImage paint(RgbImage picture, SegmentationMap map) {
        byte[] classes = map.classes();
        byte[] from = picture.pixels();
        byte[] to = new byte[from.length];
        byte[][] mixed = mixed(map.labels().size());
        for (int y = 0, pixel = 0; y < map.height(); y++) {
            for (int x = 0; x < map.width(); x++, pixel++) {
                int index = classes[pixel] & 0xff;
                int at = pixel * RgbImage.CHANNELS;
                if (isAtBorder(classes, map, x, y)) {
                    put(to, at, palette.rgb(index));
                } else {
                    mix(from, to, at, mixed[index]);
                }
            }
        }
        return new RgbImage(picture.width(), picture.height(), to);
    }

    private boolean isAtBorder(byte[] classes, SegmentationMap map, int x, int y) {
        int width = map.width();
        int pixel = y * width + x;
        byte own = classes[pixel];
        return x >= outline && classes[pixel - outline] != own
                || x + outline < width && classes[pixel + outline] != own
                || y >= outline && classes[pixel - outline * width] != own
                || y + outline < map.height() && classes[pixel + outline * width] != own;
    }

    private static void put(byte[] to, int at, int rgb) {
        to[at] = (byte) (rgb >> 16);
        to[at + 1] = (byte) (rgb >> 8);
        to[at + 2] = (byte) rgb;
    }

    private static void mix(byte[] from, byte[] to, int at, byte[] mixed) {
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            to[at + c] = mixed[c * LEVELS + (from[at + c] & 0xff)];
        }
    }

    /** For each class what becomes of each level of red, then green, then blue. */
    private byte[][] mixed(int count) {
        byte[][] mixed = new byte[count][RgbImage.CHANNELS * LEVELS];
        for (int index = 0; index < count; index++) {
            for (int c = 0; c < RgbImage.CHANNELS; c++) {
                int color = palette.rgb(index) >> 8 * (2 - c) & 0xff;
                for (int level = 0; level < LEVELS; level++) {
                    mixed[index][c * LEVELS + level] = (byte) Math.round(level + (color - level) * opacity);
                }
            }
        }
        return mixed;
    }
}
