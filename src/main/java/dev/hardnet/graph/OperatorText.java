package dev.hardnet.graph;

import java.util.Locale;

/** How operators are written in tables. */
final class OperatorText {
    private OperatorText() {
    }

    static String convolution(String word, int kernel, int stride, int dilation, Activation activation) {
        StringBuilder text = new StringBuilder(word).append(' ').append(kernel).append('x').append(kernel);
        if (stride != 1) {
            text.append(" s").append(stride);
        }
        if (dilation != 1) {
            text.append(" d").append(dilation);
        }
        return activated(text.toString(), activation);
    }

    static String activated(String text, Activation activation) {
        return activation == Activation.NONE ? text : text + ' ' + activation.name().toLowerCase(Locale.ROOT);
    }
}
