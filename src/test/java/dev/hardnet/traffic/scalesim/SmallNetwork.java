package dev.hardnet.traffic.scalesim;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The network that the recorded reports are of. SCALE-Sim v3 (github.com/scalesim-project/SCALE-Sim, commit 1d62b68,
 * NumPy 1.26) wrote them for its topology of format v3 and an accelerator of 8x8, output stationary, 1 KiB for each
 * memory, bandwidth as it takes.
 */
public final class SmallNetwork {
    private static final List<String> REPORTS = List.of("COMPUTE_REPORT.csv", "BANDWIDTH_REPORT.csv",
            "DETAILED_ACCESS_REPORT.csv");

    private SmallNetwork() {
    }

    /** Its graph. */
    public static Graph graph() {
        GraphBuilder graph = new GraphBuilder(new Shape(1, 3, 16, 20));
        View stem = graph.conv("stem", graph.input(), 8, 3, 2, Activation.RELU, Parameters.biased("stem"));
        View depthwise = graph.depthwiseConv("depthwise", stem, 3, 1, Activation.RELU, Parameters.biased("depthwise"));
        View point = graph.conv("point", depthwise, 40, 1, 1, Activation.RELU, Parameters.biased("point"));
        View pool = graph.globalAveragePool("pool", point);
        graph.output("scores", graph.linear("scores", pool, 10, Parameters.biased("scores")));
        return graph.build();
    }

    /** Copies the recorded reports. */
    public static void writeReports(Path folder) {
        for (String report : REPORTS) {
            try (InputStream in = SmallNetwork.class.getResourceAsStream(report)) {
                Files.write(folder.resolve(report), in.readAllBytes());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
