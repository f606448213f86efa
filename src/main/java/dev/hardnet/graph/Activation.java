package dev.hardnet.graph;

/** The function applied to every element a convolution writes. */
public enum Activation {
    /** The element itself. */
    NONE,
    /** max(x, 0). */
    RELU,
    /** min(max(x, 0), 6). */
    RELU6
}
