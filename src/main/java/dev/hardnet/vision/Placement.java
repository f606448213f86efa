package dev.hardnet.vision;

/**
 * Which part of a network's input a picture fills, and so how boxes are mapped from one to the other.
 *
 * @param pictureWidth  the picture's columns
 * @param pictureHeight the picture's rows
 * @param left          the input's columns left of the picture
 * @param top           the input's rows above the picture
 * @param width         the input's columns that the picture fills, at least 1
 * @param height        the input's rows that the picture fills, at least 1
 */
public record Placement(int pictureWidth, int pictureHeight, int left, int top, int width, int height) {
    static Placement of(PictureFit fit, int pictureWidth, int pictureHeight, int inputWidth, int inputHeight) {
        int width = inputWidth;
        int height = inputHeight;
        if (fit == PictureFit.PAD) {
            double scale = Math.min((double) inputWidth / pictureWidth, (double) inputHeight / pictureHeight);
            width = Math.clamp(Math.round(pictureWidth * scale), 1, inputWidth);
            height = Math.clamp(Math.round(pictureHeight * scale), 1, inputHeight);
        }
        return new Placement(pictureWidth, pictureHeight, (inputWidth - width) / 2, (inputHeight - height) / 2, width,
                height);
    }

    /**
     * The input's columns for each of the picture's.
     *
     * @return above 0
     */
    public double scaleX() {
        return (double) width / pictureWidth;
    }

    /**
     * The input's rows for each of the picture's.
     *
     * @return above 0
     */
    public double scaleY() {
        return (double) height / pictureHeight;
    }

    /**
     * Maps a box of the picture to the input.
     *
     * @param box in the picture's pixels
     * @return the same in the input's pixels
     */
    public Box toInput(Box box) {
        return new Box(left + box.x() * scaleX(), top + box.y() * scaleY(), box.width() * scaleX(),
                box.height() * scaleY());
    }

    /**
     * Maps a decoder's box to the picture, and cuts off what lies beyond the picture's edges.
     *
     * @param box in the input's pixels
     * @return the part of it within the picture, in the picture's pixels; without area where there is no such part
     */
    public Box toPicture(DecodedBox box) {
        double fromX = Math.clamp((box.left() - left) / scaleX(), 0, pictureWidth);
        double fromY = Math.clamp((box.top() - top) / scaleY(), 0, pictureHeight);
        double toX = Math.clamp((box.right() - left) / scaleX(), 0, pictureWidth);
        double toY = Math.clamp((box.bottom() - top) / scaleY(), 0, pictureHeight);
        return new Box(fromX, fromY, Math.max(0, toX - fromX), Math.max(0, toY - fromY));
    }
}
