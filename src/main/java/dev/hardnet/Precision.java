package dev.hardnet;

import java.util.Locale;

/** The numbers that a session computes with. Its input and its outputs are float32 (or classes) in any case. */
public enum Precision {
    /** Feature maps and arithmetic in IEEE 754 single precision: what every device can do. */
    FLOAT32,
    /**
     * Feature maps in single precision; convolutions may round their factors to TensorFloat-32, which keeps 10 of the
     * 23 fraction bits, and add in single precision.
     */
    TF32,
    /** Feature maps and weights in IEEE 754 half precision, sums in single precision: half the memory traffic. */
    FLOAT16,
    /**
     * Feature maps in the upper halves of single precision numbers, which keep 7 of the 23 fraction bits and the whole
     * range, and so the weights of dense and transposed convolutions and of linear layers; sums in single precision.
     * Biases, norms and the weights of depthwise convolutions stay in single precision. For the processor's native
     * kernels: half the arena and half the memory traffic.
     */
    BFLOAT16;

    /** The precision's name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
