package dev.hardnet.graph;

import dev.hardnet.HarDNetException;
import java.util.List;

/**
 * What a network is run for, under its name: the feature maps and the tensor they are read out as.
 *
 * @param name   {@code logits}, {@code hm}, ...
 * @param maps   the maps, one for {@link Layout#PLANES}
 * @param layout how they are read out
 * @param values values of one prior; 1 for {@link Layout#PLANES}
 * @param shape  sizes of the first map as it is read out: its own, or for {@link Layout#PLANES} others of as many
 *               channels, to which it is then resized (bilinear, corners aligned)
 */
public record Output(String name, List<FeatureMap> maps, Layout layout, int values, Shape shape) {
    /** How maps become a tensor. */
    public enum Layout {
        /** One map: N x C x H x W; N x C for a map of one pixel, N x H x W for classes in bytes. */
        PLANES,
        /**
         * Maps whose channels are priors x values: N x priors of all maps x values. The priors of a map are read out
         * position by position (row, column, prior), map after map (SSD).
         */
        PRIORS
    }

    /**
     * Checks that maps and layout fit.
     *
     * @throws HarDNetException when there is no map, several for planes, channels that are no whole priors, or sizes
     *                          that the first map cannot be resized to
     */
    public Output {
        maps = List.copyOf(maps);
        if (maps.isEmpty() || layout == Layout.PLANES && maps.size() > 1) {
            throw new HarDNetException("Output %s consists of %d maps; expected %s.".formatted(name, maps.size(),
                    layout == Layout.PLANES ? "one" : "at least one"));
        }
        for (FeatureMap map : maps) {
            if (values < 1 || map.shape().c() % values != 0) {
                throw new HarDNetException("Output %s has priors of %d values; the channels of %s are no multiple."
                        .formatted(name, values, map));
            }
        }
        checkShape(name, maps.getFirst(), layout, shape);
    }

    private static void checkShape(String name, FeatureMap map, Layout layout, Shape shape) {
        boolean resizes = layout == Layout.PLANES && map.type() != ElementType.UINT8
                && shape.n() == map.shape().n() && shape.c() == map.shape().c();
        if (!shape.equals(map.shape()) && !resizes) {
            throw new HarDNetException("Output %s cannot be %s, because %s cannot be resized to that.".formatted(name,
                    shape, map));
        }
    }

    /**
     * Maps that are read out in their own sizes.
     *
     * @param name   the output's name
     * @param maps   the maps
     * @param layout how they are read out
     * @param values values of one prior; 1 for {@link Layout#PLANES}
     * @throws HarDNetException as the other constructor; when there is no map
     */
    public Output(String name, List<FeatureMap> maps, Layout layout, int values) {
        this(name, maps, layout, values, maps.isEmpty() ? null : maps.getFirst().shape());
    }

    /**
     * One map, plane by plane.
     *
     * @param name its name
     * @param map  the map
     * @return the output
     */
    public static Output planes(String name, FeatureMap map) {
        return new Output(name, List.of(map), Layout.PLANES, 1);
    }

    /**
     * Whether its map is resized on the way to the tensor.
     *
     * @return false when map and tensor have the same sizes
     */
    public boolean isResized() {
        return !shape.equals(maps.getFirst().shape());
    }

    /**
     * What the elements of the tensor are.
     *
     * @return bytes for maps of bytes; single precision for all others, whatever they are stored in
     */
    public ElementType type() {
        return maps.getFirst().type() == ElementType.UINT8 ? ElementType.UINT8 : ElementType.FLOAT32;
    }

    /**
     * The sizes of the tensor it is read out as.
     *
     * @return as {@link Layout} says
     */
    public int[] tensorShape() {
        if (layout == Layout.PRIORS) {
            return new int[] {shape.n(), priors(), values};
        }
        if (type() == ElementType.UINT8) {
            return new int[] {shape.n(), shape.h(), shape.w()};
        }
        return shape.h() == 1 && shape.w() == 1 ? new int[] {shape.n(), shape.c()}
                : new int[] {shape.n(), shape.c(), shape.h(), shape.w()};
    }

    private int priors() {
        long elements = 0;
        for (FeatureMap map : maps) {
            elements += map.shape().elements() / map.shape().n();
        }
        return Math.toIntExact(elements / values);
    }
}
