package dev.hardnet.graph;

import dev.hardnet.HarDNetException;

/**
 * The sizes of a feature map: N x C x H x W.
 *
 * @param n pictures in the batch, at least 1
 * @param c channels, at least 1
 * @param h rows, at least 1
 * @param w columns, at least 1
 */
public record Shape(int n, int c, int h, int w) {
    /** The largest feature map that can be addressed: 2^31 - 1 elements. */
    public static final long MAX_ELEMENTS = Integer.MAX_VALUE;

    /**
     * Checks the sizes.
     *
     * @throws HarDNetException when a size is below 1 or the map has more than {@link #MAX_ELEMENTS} elements
     */
    public Shape {
        if (n < 1 || c < 1 || h < 1 || w < 1) {
            throw new HarDNetException("A shape of %dx%dx%dx%d is empty; every size must be at least 1."
                    .formatted(n, c, h, w));
        }
        long planes = (long) n * c;
        long pixels = (long) h * w;
        if (planes > MAX_ELEMENTS || pixels > MAX_ELEMENTS || planes * pixels > MAX_ELEMENTS) {
            throw new HarDNetException("A shape of %dx%dx%dx%d has more than the %d elements that one map may have."
                    .formatted(n, c, h, w, MAX_ELEMENTS));
        }
    }

    /**
     * The number of elements.
     *
     * @return n * c * h * w
     */
    public long elements() {
        return (long) n * c * h * w;
    }

    /**
     * The same sizes with another channel count.
     *
     * @param channels the new channel count
     * @return n x channels x h x w
     */
    public Shape withChannels(int channels) {
        return new Shape(n, channels, h, w);
    }

    // Written out: the equality of a record makes classes when it is first asked for.
    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && n == shape.n && c == shape.c && h == shape.h && w == shape.w;
    }

    @Override
    public int hashCode() {
        return ((n * 31 + c) * 31 + h) * 31 + w;
    }

    @Override
    public String toString() {
        return n + "x" + c + "x" + h + "x" + w;
    }
}
