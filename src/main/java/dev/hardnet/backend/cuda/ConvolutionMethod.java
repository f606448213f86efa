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

    /**
     * The own convolution, which reads segments.
     *
     * @param tile   what a block computes
     * @param splits into how many parts each sum is split among blocks
     */
    record Segments(SegmentTile tile, int splits) implements ConvolutionMethod {
        private static final Pattern TEXT = Pattern.compile("segments (\\d+x\\d+) ([1-9]\\d?)");

        /** What the splits leave for the kernel that adds them. */
        long workspaceBytes(ConvolutionProblem problem) {
            TensorLayout output = problem.output();
            return splits == 1 ? 0 : (long) splits * problem.outputs() * output.n() * output.h() * output.w()
                    * Float.BYTES;
        }

        @Override
        public String toString() {
            return "segments %s %d".formatted(tile, splits);
        }

        /** Reads the text of such a method; empty when it is none. */
        static Optional<Segments> parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            return matcher.matches() ? SegmentTile.parse(matcher.group(1)).map(
                    tile -> new Segments(tile, Integer.parseInt(matcher.group(2)))) : Optional.empty();
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
        return Segments.parse(text).map(segments -> segments);
    }
}
