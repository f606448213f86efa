package dev.hardnet.traffic;

/**
 * Which layers share a step. A step is named after its first layer, which may be of any kind that computes; others join
 * it. A tensor is <em>private</em> to its one reader when no other layer reads it, not even through a concatenation, a
 * slice or a reshape, and it is no output of the network.
 */
public enum Fusion {
    /**
     * What this runtime does: a pointwise layer (a batch norm, an activation, a sum or product with a constant) joins
     * the step that writes its input, if that is private to it. A batch norm right behind a convolution or a linear
     * layer is folded into weights and bias. An arg-max joins the resize that writes its input, if that is private
     * to it.
     */
    PRODUCERS,
    /**
     * As {@link #PRODUCERS}; and a pool, over windows or whole maps, joins the convolution's step that writes its
     * input, if that is private to it and the step has no other pool. Then a step of nothing but pointwise
     * layers joins the convolution that alone needs its output, be it through a concatenation or slice that nobody else
     * reads: they are applied to what the convolution reads, as it is read.
     */
    FULL
}
