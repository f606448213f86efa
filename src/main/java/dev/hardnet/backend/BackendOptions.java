package dev.hardnet.backend;

/**
 * What a session asks of a backend beside the graph.
 *
 * @param threads threads of the native kernels, the caller's included, at least 1
 * @param tune    whether to measure the ways to compute each convolution and to take the fastest
 */
public record BackendOptions(int threads, boolean tune) {
}
