package dev.hardnet.benchmarks.runtime;

import dev.hardnet.graph.Conv;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.Window;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * One convolution as oneDNN is told of it.
 *
 * @param description what oneDNN made of the sizes
 */
record OneDnnConvolution(convolution_forward.primitive_desc description) {
    static OneDnnConvolution of(Conv conv) {
        Window window = conv.window();
        memory.desc weights = OneDnn.describe(memory.format_tag.any, conv.output().shape().c(),
                conv.input().shape().c(), window.kernelHeight(), window.kernelWidth());
        return of(conv.input().shape(), weights, conv.output().shape(), window);
    }

    static OneDnnConvolution of(DepthwiseConv conv) {
        memory.desc weights = OneDnn.describe(memory.format_tag.any, conv.output().shape().c(), 1, 1, conv.kernel(),
                conv.kernel());
        return of(conv.input().shape(), weights, conv.output().shape(),
                new Window(conv.kernel(), conv.stride(), conv.padding(), 1));
    }

    private static OneDnnConvolution of(Shape from, memory.desc weights, Shape to, Window window) {
        long[] strides = {window.stride(), window.stride()};
        // oneDNN counts the taps that dilation skips.
        long[] dilation = {window.dilation() - 1, window.dilation() - 1};
        long[] before = {window.paddingHeight(), window.paddingWidth()};
        long[] after = {
            paddingAfter(from.h(), to.h(), window.kernelHeight(), window.paddingHeight(), window),
            paddingAfter(from.w(), to.w(), window.kernelWidth(), window.paddingWidth(), window)};
        return new OneDnnConvolution(new convolution_forward.primitive_desc(OneDnn.ENGINE,
                dnnl.prop_kind.forward_inference, dnnl.algorithm.convolution_direct, maps(from), weights, maps(to),
                strides, dilation, before, after));
    }

    private static memory.desc maps(Shape shape) {
        return OneDnn.describe(memory.format_tag.nhwc, shape.n(), shape.c(), shape.h(), shape.w());
    }

    /** What the last window needs behind the map; negative where it ends before the map does. */
    private static long paddingAfter(int from, int to, int kernel, int paddingBefore, Window window) {
        return (long) (to - 1) * window.stride() + (long) (kernel - 1) * window.dilation() + 1 - from - paddingBefore;
    }
}
