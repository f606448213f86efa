package dev.hardnet.traffic;

/** What a layer does, as far as its traffic depends on it. */
public enum LayerKind {
    /** A dense convolution, or one of several groups of more than one channel. */
    CONV,
    /** A convolution with one input channel for each group. */
    DEPTHWISE_CONV,
    /** A transposed convolution. */
    TRANSPOSED_CONV,
    /** A product with a matrix of weights. */
    LINEAR,
    /** Batch norm at inference: a scale and a shift for each channel. */
    BATCH_NORM,
    /** An activation, element by element. */
    ACTIVATION,
    /** A max or average pool over windows. */
    POOL,
    /** An average over each channel's whole map. */
    GLOBAL_POOL,
    /** A concatenation along the channels. */
    CONCAT,
    /** A range of channels. */
    SLICE,
    /** A sum or product of two tensors, element by element. */
    ELEMENTWISE,
    /** A resize of height and width. */
    RESIZE,
    /** A norm over the channels of each pixel: L2, softmax. */
    CHANNEL_NORM,
    /** The index of the largest channel of each pixel. */
    ARG_MAX,
    /** Another view of the same memory, which moves nothing: reshape, flatten, identity, dropout. */
    RESHAPE;

    /**
     * Whether it is a convolution of any kind: what the paper's CIO counts.
     *
     * @return true for dense, depthwise and transposed ones
     */
    public boolean isConvolution() {
        return this == CONV || this == DEPTHWISE_CONV || this == TRANSPOSED_CONV;
    }

    /**
     * Whether it multiplies by a kernel that a batch norm can be folded into.
     *
     * @return true for convolutions and linear layers
     */
    public boolean hasKernel() {
        return isConvolution() || this == LINEAR;
    }

    /**
     * Whether it makes new values; what does not can be a view of its sources.
     *
     * @return false for concatenations, slices and reshapes
     */
    public boolean computes() {
        return this != CONCAT && this != SLICE && this != RESHAPE;
    }

    /**
     * Whether it is a pool.
     *
     * @return true for pools over windows and over whole maps
     */
    boolean isPool() {
        return this == POOL || this == GLOBAL_POOL;
    }
}
