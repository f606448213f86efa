/**
 * NVIDIA GPUs: cuDNN's convolutions and the own kernels of native/cuda over maps that stand in strips.
 *
 * <p>{@code CudaProbe} finds out through {@code java.lang.foreign} what a machine has; only behind it are JavaCPP's
 * presets touched, whose classes fail to initialise where a library is missing. Thin wrappers ({@code CudaContext} to
 * {@code CudnnHandle}) hold what must be given back. {@code ConvolutionChooser} picks how each convolution is computed,
 * {@code EngineStore} keeps cuDNN's engines once they are built, {@code CopyPlan} says which place of a map is written
 * and which are copied, {@code StepCompiler} turns the steps of a plan into launches, {@code StepSchedule} orders them,
 * and {@code CudaExecutable} records them as one graph.
 */
package dev.hardnet.backend.cuda;
