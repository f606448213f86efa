package dev.hardnet.graph;

import java.util.Locale;

/** How operators are written in tables. */
final class OperatorText {
    private OperatorText() {
    }

    static String convolution(String word, Window window, Activation activation) {
        StringBuilder text = new StringBuilder(word).append(' ').append(window.kernelHeight()).append('x')
                .append(window.kernelWidth());
        if (window.stride() != 1) {
            text.append(" s").append(window.stride());
        }
        if (window.dilation() != 1) {
            text.append(" d").append(window.dilation());
        }
        return activated(text.toString(), activation);
    }

    static String activated(String text, Activation activation) {
        return activation == Activation.NONE ? text : text + ' ' + activation.name().toLowerCase(Locale.ROOT);
    }
}
