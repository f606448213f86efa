package dev.hardnet.backend.reference;

/** A convolution of 1 x 1, then the depthwise one behind it. */
record ReferenceConvDepthwise(ReferenceConv pointwise, ReferenceDepthwiseConv depthwise) implements ReferenceKernel {
    @Override
    public void run(ReferenceArena arena) {
        pointwise.run(arena);
        depthwise.run(arena);
    }
}
