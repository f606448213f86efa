package dev.hardnet.backend.cuda;

import dev.hardnet.backend.cuda.ConvolutionMethod.Segments;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which forms of the own convolution are worth measuring: a pure function of the problem and the GPU's size.
 *
 * @param problem         the convolution
 * @param multiprocessors of the GPU
 */
record SegmentVariants(ConvolutionProblem problem, int multiprocessors) {
    private static final int MOST_SPLITS = 32;
    /** So many blocks keep a multiprocessor busy while some wait for memory. */
    private static final int BLOCKS = 2;
    /** Below that many products for each result, a split costs more than it saves. */
    private static final int LEAST_PRODUCTS = 128;
    private static final int FEW_CHANNELS = 32;

    /** The most promising one comes first. */
    List<Segments> all() {
        return tiles().flatMap(tile -> splits(tile).map(splits -> new Segments(tile, splits))).toList();
    }

    /** Tiles of 64 channels waste much where there are few, and wide ones must be enough for all multiprocessors. */
    private Stream<SegmentTile> tiles() {
        if (problem.outputs() <= FEW_CHANNELS) {
            return Stream.of(SegmentTile.NARROW);
        }
        Stream<SegmentTile> wide = SegmentTile.WIDE.count(problem) < multiprocessors ? Stream.empty()
                : Stream.of(SegmentTile.WIDE);
        return Stream.concat(Stream.of(SegmentTile.SQUARE, SegmentTile.NARROW), wide);
    }

    /** The fewest splits that occupy the GPU; then what is near, and none. */
    private IntStream near(int splits) {
        return IntStream.of(splits, splits / 2, splits * 2, 1);
    }

    private Stream<Integer> splits(SegmentTile tile) {
        return near(occupying(tile)).filter(splits -> splits >= 1 && splits <= MOST_SPLITS).distinct().boxed();
    }

    private int occupying(SegmentTile tile) {
        long products = (long) problem.channels() * problem.window().kernelHeight() * problem.window().kernelWidth();
        long wanted = Math.ceilDiv((long) BLOCKS * multiprocessors, tile.count(problem));
        return Math.clamp(Math.min(wanted, products / LEAST_PRODUCTS), 1, MOST_SPLITS);
    }
}
