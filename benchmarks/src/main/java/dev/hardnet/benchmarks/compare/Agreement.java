package dev.hardnet.benchmarks.compare;

import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import dev.hardnet.benchmarks.runtime.CaseFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Compares outputs with ours. Files are read in small pieces, so that the comparison does not count in a process's peak
 * memory.
 *
 * @param files where the expected outputs are
 */
record Agreement(CaseFiles files) {
    /** The largest difference that counts as agreement, as a part of the output's largest magnitude. */
    static final double TOLERANCE = 1e-3;
    private static final int PIECE = 1 << 16;

    /** Says how outputs differ; empty when they agree. */
    Optional<String> difference(BenchmarkCase each, Map<String, FloatBuffer> outputs) throws IOException {
        for (Map.Entry<String, FloatBuffer> output : outputs.entrySet()) {
            Optional<String> difference = difference(files.expected(each, output.getKey()), output.getValue());
            if (difference.isPresent()) {
                return Optional.of("output %s %s".formatted(output.getKey(), difference.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> difference(Path expected, FloatBuffer found) throws IOException {
        try (FileChannel channel = FileChannel.open(expected)) {
            if (channel.size() != (long) found.limit() * Float.BYTES) {
                return Optional.of("has %d elements; expected %d"
                        .formatted(found.limit(), channel.size() / Float.BYTES));
            }
            double relative = relativeDifference(channel, found);
            return relative <= TOLERANCE ? Optional.empty()
                    : Optional.of("differs by %.1e of its largest magnitude; allowed is %.0e"
                            .formatted(relative, TOLERANCE));
        }
    }

    /** The largest difference by the largest expected magnitude; not a number where an element is not. */
    private static double relativeDifference(FileChannel channel, FloatBuffer found) throws IOException {
        double difference = 0;
        double magnitude = Float.MIN_NORMAL;
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE).order(ByteOrder.LITTLE_ENDIAN);
        int place = 0;
        while (channel.read(piece) >= 0) {
            piece.flip();
            while (piece.remaining() >= Float.BYTES) {
                float expected = piece.getFloat();
                difference = Math.max(difference, Math.abs((double) found.get(place++) - expected));
                magnitude = Math.max(magnitude, Math.abs((double) expected));
            }
            piece.compact();
        }
        return difference / magnitude;
    }
}
