package dev.hardnet.graph;

import dev.hardnet.HarDNetException;
import java.util.List;

/**
 * The class of each pixel: {@link Resize}, then the channel of the largest value, the first where several are equal.
 * The resized values themselves are never stored.
 *
 * @param name   its name in the graph
 * @param input  what is read: N x classes x H x W
 * @param output what is written: N x 1 x any height x any width, bytes
 */
public record ResizeArgMax(String name, View input, FeatureMap output) implements Operator {
    /** The most classes that a byte tells apart. */
    public static final int MAX_CLASSES = 256;

    /**
     * Checks the number of classes.
     *
     * @throws HarDNetException when there are more than {@link #MAX_CLASSES}
     */
    public ResizeArgMax {
        if (input.shape().c() > MAX_CLASSES) {
            throw new HarDNetException("%s tells %d classes apart; a class per pixel is a byte, for at most %d."
                    .formatted(name, input.shape().c(), MAX_CLASSES));
        }
    }

    @Override
    public String kind() {
        return "resize arg-max";
    }

    @Override
    public List<View> reads() {
        return List.of(input);
    }
}
