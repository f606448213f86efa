package dev.hardnet.backend.cuda;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a convolution is computed. Its text is what is remembered from one session to the next. */
sealed interface ConvolutionMethod {
    /** Convolution, bias and limits in one kernel of cuDNN's graph interface; rank is the engine's in its heuristics. */
    record Graph(int rank) implements ConvolutionMethod {
        @Override
        public String toString() {
            return "graph " + rank;
        }
    }

    /** A convolution of cuDNN's older interface, then bias and limits by the fused norm kernel. */
    record Legacy(int algorithm) implements ConvolutionMethod {
        @Override
        public String toString() {
            return "legacy " + algorithm;
        }
    }

    /** The own convolution, which reads segments. */
    record Segments() implements ConvolutionMethod {
        @Override
        public String toString() {
            return "segments";
        }
    }

    /** What its text begins with: {@code graph}, {@code legacy} or {@code segments}. */
    default String kind() {
        return toString().split(" ")[0];
    }

    /** Reads a method's text; empty when it is none. */
    static Optional<ConvolutionMethod> parse(String text) {
        Matcher matcher = Pattern.compile("(graph|legacy) (\\d{1,3})").matcher(text);
        if (matcher.matches()) {
            int number = Integer.parseInt(matcher.group(2));
            return Optional.of(matcher.group(1).equals("graph") ? new Graph(number) : new Legacy(number));
        }
        return text.equals("segments") ? Optional.of(new Segments()) : Optional.empty();
    }
}
