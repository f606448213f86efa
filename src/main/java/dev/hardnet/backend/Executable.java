package dev.hardnet.backend;

import dev.hardnet.Tensor;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A plan with its arena and prepared kernels. One run at a time. */
public interface Executable extends AutoCloseable {
    /**
     * Runs the plan once, allocating nothing.
     *
     * @param input   N x 3 x H x W, the plan's sizes
     * @param outputs receive the graph's outputs, in their order and with their sizes
     */
    void run(Tensor input, List<Tensor> outputs);

    /**
     * The time of each step in one run of what the arena holds.
     *
     * @return nanoseconds in the order of the plan's steps
     */
    long[] profile();

    /**
     * How long the device itself needs for one run, transfers of input and outputs not included.
     *
     * @param runs how many to measure, at least 1
     * @return the median in milliseconds; empty where the device is the processor
     */
    default OptionalDouble deviceMillis(int runs) {
        return OptionalDouble.empty();
    }

    /**
     * What it and the model's weights take of the device's own memory.
     *
     * @return bytes; empty where the device is the processor
     */
    default OptionalLong deviceBytes() {
        return OptionalLong.empty();
    }

    /**
     * How it computes convolutions, for reports.
     *
     * @return for example {@code 60 graph, 8 legacy}; empty where it is not told
     */
    default String convolutions() {
        return "";
    }

    /**
     * How a step computes its convolution, for reports.
     *
     * @param step the step's index in the plan
     * @return for example {@code winograd-4x4}; empty where it is no convolution, or not told
     */
    default String way(int step) {
        return "";
    }

    /** Frees the arena; not while it runs. */
    @Override
    void close();
}
