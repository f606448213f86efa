package dev.hardnet.benchmarks.micro;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Shape;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A convolution of stride 1 that keeps height and width.
 *
 * @param height         rows
 * @param width          columns
 * @param inputChannels  channels it reads
 * @param outputChannels channels it writes
 * @param kernel         rows and columns of its window
 */
record ConvolutionShape(int height, int width, int inputChannels, int outputChannels, int kernel) {
    private static final Pattern TEXT = Pattern.compile("(\\d+)x(\\d+) (\\d+)->(\\d+) k(\\d+)");

    /**
     * Reads for example {@code 56x56 78->24 k3}.
     *
     * @param text height, width, channels read and written, size of the window
     * @return the convolution
     * @throws IllegalArgumentException when the text is of another form
     */
    static ConvolutionShape parse(String text) {
        Matcher numbers = TEXT.matcher(text);
        if (!numbers.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no convolution; expected for example '56x56 78->24 k3'.".formatted(text));
        }
        return new ConvolutionShape(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)),
                Integer.parseInt(numbers.group(3)), Integer.parseInt(numbers.group(4)),
                Integer.parseInt(numbers.group(5)));
    }

    /** The network that consists of it. */
    Graph graph() {
        GraphBuilder builder = new GraphBuilder(new Shape(1, inputChannels, height, width));
        builder.output("map", builder.conv("conv", builder.input(), outputChannels, kernel, 1, Activation.RELU6,
                Parameters.weightOnly("conv.weight")));
        return builder.build();
    }
}
