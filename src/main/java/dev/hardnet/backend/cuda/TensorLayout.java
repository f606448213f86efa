package dev.hardnet.backend.cuda;

/**
 * A tensor as cuDNN sees it: sizes and strides in elements. A channel range of a strip has the strip's strides.
 *
 * @param n             pictures
 * @param c             channels, padding included
 * @param h             rows
 * @param w             columns
 * @param pictureStride elements from one picture to the next
 * @param channelStride elements from one channel to the next
 * @param rowStride     elements from one row to the next
 * @param columnStride  elements from one column to the next
 * @param alignment     bytes that its address is a multiple of, at most 16
 */
record TensorLayout(int n, int c, int h, int w, long pictureStride, long channelStride, long rowStride,
                    long columnStride, int alignment) {
    /** Elements from its first to its last, those between them that are not its own included. */
    long elements() {
        return (n - 1) * pictureStride + (c - 1) * channelStride + (h - 1) * rowStride + (w - 1) * columnStride + 1;
    }

    long[] dimensions() {
        return new long[] {n, c, h, w};
    }

    long[] strides() {
        return new long[] {pictureStride, channelStride, rowStride, columnStride};
    }
}
