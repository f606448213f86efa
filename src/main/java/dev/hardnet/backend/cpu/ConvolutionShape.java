package dev.hardnet.backend.cpu;

import dev.hardnet.graph.Conv;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.Window;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A convolution without its place in a network: all that decides how it is best computed.
 *
 * @param input    N x C x H x W
 * @param output   N x C x H x W
 * @param window   kernel, stride, padding, dilation
 * @param segments what is read
 */
record ConvolutionShape(Shape input, Shape output, Window window, List<Part> segments) {
    /** Channels of a map of so many. */
    record Part(int channels, int of) {
        @Override
        public String toString() {
            return channels + "/" + of;
        }
    }

    static ConvolutionShape of(Conv conv) {
        return new ConvolutionShape(conv.input().shape(), conv.output().shape(), conv.window(),
                conv.input().segments().stream().map(ConvolutionShape::part).toList());
    }

    private static Part part(Segment segment) {
        return new Part(segment.channels(), segment.map().shape().c());
    }

    /** Its name in the file of choices, for example {@code 1x78x56x56 to 1x24x56x56, 3x3 s1 p1x1 d1, 64/64 + 14/24}. */
    @Override
    public String toString() {
        return "%s to %s, %dx%d s%d p%dx%d d%d, %s".formatted(input, output, window.kernelHeight(),
                window.kernelWidth(), window.stride(), window.paddingHeight(), window.paddingWidth(),
                window.dilation(), segments.stream().map(Part::toString).collect(Collectors.joining(" + ")));
    }
}
