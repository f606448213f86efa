package dev.hardnet.backend.cpu;

/**
 * Which of the native kernels compute.
 *
 * @param tier their instruction set
 * @param way  how convolutions are computed
 */
record Kernels(Tier tier, ConvolutionWay way) {
}
