package dev.hardnet.backend.cuda;

import dev.hardnet.HarDNetException;
import dev.hardnet.Precision;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.Linear;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Weighted;
import dev.hardnet.graph.Window;
import dev.hardnet.plan.ChannelOrder;
import dev.hardnet.plan.Place;
import dev.hardnet.plan.SlotLayout;
import java.util.List;

/**
 * A convolution among the strips.
 *
 * @param operator   which
 * @param view       what it reads
 * @param window     kernel, stride, padding, dilation
 * @param activation what is applied to its results
 * @param input      where it reads
 * @param output     where it writes first
 * @param places     where it writes: first what {@code output} begins in, then the places that are copied from it
 */
record ConvolutionCase(Weighted operator, View view, Window window, Activation activation, ChannelRange input,
                       ChannelRange output, List<Place> places) {
    static ConvolutionCase of(SlotLayout slots, Conv conv, int step) {
        return of(slots, conv, conv.input(), conv.window(), conv.activation(), step);
    }

    /** A linear layer reads and writes maps of one pixel. */
    static ConvolutionCase of(SlotLayout slots, Linear linear, int step) {
        return of(slots, linear, linear.input(), Window.same(1), Activation.NONE, step);
    }

    private static ConvolutionCase of(SlotLayout slots, Weighted operator, View view, Window window,
                                      Activation activation, int step) {
        List<Place> places = new CopyPlan(slots).places(step);
        return new ConvolutionCase(operator, view, window, activation, input(slots, operator, view, step),
                ChannelRange.of(places.getFirst()), places);
    }

    static ChannelRange input(SlotLayout slots, Weighted operator, View view, int step) {
        return ChannelRange.of(slots, view, step).orElseThrow(() -> new HarDNetException(
                "What %s reads is no channel range of a strip; the layout of slots is at fault.".formatted(
                        operator.name())));
    }

    ConvolutionProblem problem(Precision precision, ChannelOrder order) {
        return new ConvolutionProblem(precision, input.layout(order), output.layout(order), window,
                KernelSteps.limits(activation), view.shape().c(), operator.output().shape().c(),
                places.size());
    }
}
