/**
 * NVIDIA GPUs: cuDNN's convolutions and the own kernels of native/cuda over maps that stand in strips.
 *
 * <p>{@code CudaProbe} finds out through {@code java.lang.foreign} what a machine has; only behind it are JavaCPP's
 * presets touched, whose classes fail to initialise where a library is missing. Thin wrappers ({@code CudaContext} to
 * {@code CudnnHandle}) hold what must be given back. {@code ConvolutionChooser} picks how each convolution is computed,
 * {@code StepCompiler} turns the steps of a plan into launches, and {@code CudaExecutable} records them as one graph.
 */
package dev.hardnet.backend.cuda;
