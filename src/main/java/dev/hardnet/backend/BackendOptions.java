package dev.hardnet.backend;

import java.util.function.DoubleConsumer;

/**
 * What a session asks of a backend beside the graph.
 *
 * @param threads  threads of the native kernels, the caller's included, at least 1
 * @param tune     whether to measure the ways to compute each convolution and to take the fastest
 * @param progress is told which part of the measurements is done, from 0 to 1; never, where nothing is measured
 */
public record BackendOptions(int threads, boolean tune, DoubleConsumer progress) {
    /**
     * Options that tell nobody how far measurements are.
     *
     * @param threads threads of the native kernels, the caller's included, at least 1
     * @param tune    whether to measure the ways to compute each convolution and to take the fastest
     */
    public BackendOptions(int threads, boolean tune) {
        this(threads, tune, _ -> { });
    }
}
