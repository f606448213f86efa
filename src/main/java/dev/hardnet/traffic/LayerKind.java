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
    RESHAPE
}
