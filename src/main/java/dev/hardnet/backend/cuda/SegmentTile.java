package dev.hardnet.backend.cuda;

import java.util.Arrays;
import java.util.Optional;

/** What a block of the own convolution computes: a form of the kernel for each. */
enum SegmentTile {
    /** For most. */
    SQUARE("hn_conv", 64, 64),
    /** For few channels. */
    NARROW("hn_conv_narrow", 32, 64),
    /** For large maps: each thread has twice the results, and reads less for each. */
    WIDE("hn_conv_wide", 64, 128);

    private final String kernel;
    private final int channels;
    private final int pixels;

    SegmentTile(String kernel, int channels, int pixels) {
        this.kernel = kernel;
        this.channels = channels;
        this.pixels = pixels;
    }

    /** The kernel's name without the form. */
    String kernel() {
        return kernel;
    }

    /** The grid for so many results, in layers that each sum a share. */
    KernelLaunch.Grid grid(long allPixels, int allChannels, int splits) {
        return new KernelLaunch.Grid((int) Math.ceilDiv(allPixels, pixels), Math.ceilDiv(allChannels, channels),
                splits);
    }

    /** How many tiles there are. */
    long count(ConvolutionProblem problem) {
        TensorLayout output = problem.output();
        long allPixels = (long) output.n() * output.h() * output.w();
        return Math.ceilDiv(allPixels, pixels) * Math.ceilDiv(output.c(), channels);
    }

    /** The tile of that text; empty when it is none. */
    static Optional<SegmentTile> parse(String text) {
        return Arrays.stream(values()).filter(tile -> tile.toString().equals(text)).findFirst();
    }

    @Override
    public String toString() {
        return channels + "x" + pixels;
    }
}
