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
 */
public record Output(String name, List<FeatureMap> maps, Layout layout, int values) {
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
     * @throws HarDNetException when there is no map, several for planes, or channels that are no whole priors
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
        Shape shape = maps.getFirst().shape();
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
