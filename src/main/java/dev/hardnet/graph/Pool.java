package dev.hardnet.graph;

import java.util.List;
import java.util.Locale;

/**
 * The maximum or average of a square window. PyTorch's conventions: padding never wins a maximum; an average counts
 * the padding (divisor kernel x kernel), but not what {@code ceilMode} adds beyond it.
 *
 * @param name     its name in the graph
 * @param type     maximum or average
 * @param input    what is read: N x C x H x W
 * @param output   what is written, as many channels as are read
 * @param kernel   rows and columns of the window
 * @param stride   step between windows, in input pixels
 * @param padding  rows and columns added on each side
 * @param ceilMode whether a last, incomplete window counts
 */
public record Pool(String name, Type type, View input, FeatureMap output, int kernel, int stride, int padding,
                   boolean ceilMode) implements Operator {
    /** What is taken from a window. */
    public enum Type {
        /** The largest element. */
        MAX,
        /** The mean. */
        AVERAGE
    }

    @Override
    public String kind() {
        return "%s pool %dx%d s%d".formatted(type.name().toLowerCase(Locale.ROOT), kernel, kernel, stride);
    }

    @Override
    public List<View> reads() {
        return List.of(input);
    }
}
