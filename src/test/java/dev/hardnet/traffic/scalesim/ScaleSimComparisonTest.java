package dev.hardnet.traffic.scalesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import dev.hardnet.traffic.GraphLayers;
import dev.hardnet.traffic.NetworkFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleSimComparisonTest {
    @TempDir
    private Path folder;

    private final Topology topology = Topology.of(GraphLayers.of("small", SmallNetwork.graph()));

    @BeforeEach
    void writeReports() {
        SmallNetwork.writeReports(folder);
    }

    @Test
    void theChannelsOfADepthwiseConvolutionAreOneLayer() {
        assertEquals(List.of(new SimulatedTraffic("stem", 1155, 216, 647, 409, 1600, 1802 / 1600.0),
                new SimulatedTraffic("depthwise", 960, 72, 640, 1832, 1280, 1.25),
                new SimulatedTraffic("point", 3200, 320, 3207, 1099, 3840, 6407 / 3840.0),
                new SimulatedTraffic("scores", 40, 400, 10, 107, 50, 1)),
                ScaleSimComparison.of(topology, folder).layers());
    }

    @Test
    void theElementsOfTheConvolutionsAreTheCio() {
        ScaleSimComparison comparison = ScaleSimComparison.of(topology, folder);
        assertEquals(NetworkFigures.of(SmallNetwork.graph()).cio(), comparison.convolutions().elements());
        assertEquals(new SimulatedTraffic("convolutions", 5315, 608, 4494, 3340, 6720, 9809 / 6720.0),
                comparison.convolutions());
        assertEquals(new SimulatedTraffic("total", 5355, 1008, 4504, 3447, 6770, 9859 / 6770.0), comparison.total());
    }

    private void expectFault(String sentence) {
        assertEquals(sentence, assertThrows(HarDNetException.class,
                () -> ScaleSimComparison.of(topology, folder)).getMessage());
    }

    private Path edit(String report, String from, String to) throws IOException {
        Path file = folder.resolve(report);
        Files.writeString(file, Files.readString(file).replace(from, to));
        return file;
    }

    @Test
    void aMissingReportIsNamed() throws IOException {
        Path file = folder.resolve("BANDWIDTH_REPORT.csv");
        Files.delete(file);
        expectFault("There is no report " + file + ".");
    }

    @Test
    void anEmptyReportIsRefused() throws IOException {
        Path file = folder.resolve("COMPUTE_REPORT.csv");
        Files.writeString(file, "");
        expectFault(file + " is empty; expected is a report of SCALE-Sim.");
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        Path file = edit("COMPUTE_REPORT.csv", "LayerID", "Epoch");
        expectFault(file + " begins with the column 'Epoch'; expected is LayerID, as in a report of SCALE-Sim.");
    }

    @Test
    void aMissingColumnIsNamed() throws IOException {
        Path file = edit("DETAILED_ACCESS_REPORT.csv", "DRAM OFMAP Writes", "DRAM OFMAP");
        expectFault(file + " has no column 'DRAM OFMAP Writes'.");
    }

    @Test
    void aLineCutShortIsRefused() throws IOException {
        Path file = edit("COMPUTE_REPORT.csv", "9, 1176, 1099, 0, ", "9, 1176, ");
        expectFault(file + " has 5 cells in line 11; its heading has 7.");
    }

    @Test
    void aWordInPlaceOfANumberIsRefused() throws IOException {
        Path file = edit("DETAILED_ACCESS_REPORT.csv", "1155", "many");
        expectFault(file + " has 'many' in line 2; expected is a number.");
    }

    @Test
    void aNegativeCountIsRefusedButNotANegativeCycle() throws IOException {
        Path file = edit("DETAILED_ACCESS_REPORT.csv", "1155", "-1155");
        expectFault(file + " has a number in column 'DRAM IFMAP Reads' that counts nothing: it is negative or above "
                + (1L << 40) + ".");
    }

    @Test
    void reportsOfDifferentRunsAreRefused() throws IOException {
        Path file = folder.resolve("COMPUTE_REPORT.csv");
        Files.writeString(file, Files.readString(file).lines().limit(11).reduce("", (a, b) -> a + b + "\n"));
        expectFault("%s has 10 layers, but %s has 11.".formatted(file, folder.resolve("DETAILED_ACCESS_REPORT.csv")));
    }

    @Test
    void reportsOfAnotherNetworkAreRefused() throws IOException {
        for (String report : List.of("COMPUTE_REPORT.csv", "BANDWIDTH_REPORT.csv", "DETAILED_ACCESS_REPORT.csv")) {
            Path file = folder.resolve(report);
            Files.writeString(file, Files.readString(file).lines().limit(11).reduce("", (a, b) -> a + b + "\n"));
        }
        expectFault("The reports in %s are of 10 layers; those of small for this input would be of 11."
                .formatted(folder));
    }
}
