package dev.hardnet.benchmarks.compare;

import dev.hardnet.benchmarks.runtime.BenchmarkCase;

/**
 * What a fork is told to measure.
 *
 * @param runtime       the runtime's name
 * @param benchmarkCase network, sizes, threads
 * @param folder        where the network's files are
 * @param seconds       how long to measure, after a warm-up of a third of it
 */
record ForkRequest(String runtime, BenchmarkCase benchmarkCase, String folder, double seconds) {
}
