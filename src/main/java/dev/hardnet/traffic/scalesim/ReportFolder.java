package dev.hardnet.traffic.scalesim;

import dev.hardnet.HarDNetException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the simulator reports of each layer that it ran; the arrays are of one length.
 *
 * @param folder        where the reports stand
 * @param cycles        cycles with those of waiting
 * @param ifmapReads    words of the input read from DRAM
 * @param filterReads   words of weights read from DRAM
 * @param ofmapWrites   words of the output written to DRAM
 * @param readBandwidth words of the input read from DRAM in a cycle, on average
 */
record ReportFolder(Path folder, double[] cycles, double[] ifmapReads, double[] filterReads, double[] ofmapWrites,
                    double[] readBandwidth) {
    static ReportFolder read(Path folder) {
        ReportFile compute = ReportFile.read(folder.resolve("COMPUTE_REPORT.csv"));
        ReportFile bandwidth = ReportFile.read(folder.resolve("BANDWIDTH_REPORT.csv"));
        ReportFile accesses = ReportFile.read(folder.resolve("DETAILED_ACCESS_REPORT.csv"));
        for (ReportFile report : new ReportFile[] {compute, bandwidth}) {
            if (report.rows().size() != accesses.rows().size()) {
                throw new HarDNetException("%s has %d layers, but %s has %d.".formatted(report.file(),
                        report.rows().size(), accesses.file(), accesses.rows().size()));
            }
        }
        return new ReportFolder(folder, compute.counts("Total Cycles"), accesses.counts("DRAM IFMAP Reads"),
                accesses.counts("DRAM Filter Reads"), accesses.counts("DRAM OFMAP Writes"),
                bandwidth.counts("Avg IFMAP DRAM BW"));
    }

    int layers() {
        return cycles.length;
    }

    /** The sum of some lines of a column. */
    static long sum(double[] column, int from, int to) {
        return Math.round(Arrays.stream(column, from, to).sum());
    }
}
