package dev.hardnet.traffic.scalesim;

import java.util.Locale;

/**
 * The accelerator to simulate.
 *
 * @param arrayRows      rows of the systolic array, at least 1
 * @param arrayColumns   columns of the systolic array, at least 1
 * @param ifmapKilobytes memory for inputs, in KiB
 * @param filterKilobytes memory for weights, in KiB
 * @param ofmapKilobytes memory for outputs, in KiB
 * @param dataflow       what stays in the array
 * @param bandwidth      words per cycle from DRAM; 0 for as much as it takes never to wait
 */
public record Accelerator(int arrayRows, int arrayColumns, int ifmapKilobytes, int filterKilobytes, int ofmapKilobytes,
                          Dataflow dataflow, int bandwidth) {
    /** What a configuration must say about features that are not used here. */
    private static final String UNUSED = """

            [layout]
            IfmapCustomLayout: False
            IfmapSRAMBankBandwidth: 10
            IfmapSRAMBankNum: 10
            IfmapSRAMBankPort: 2
            FilterCustomLayout: False
            FilterSRAMBankBandwidth: 10
            FilterSRAMBankNum: 10
            FilterSRAMBankPort: 2

            [sparsity]
            SparsitySupport: false
            SparseRep: ellpack_block
            OptimizedMapping: false
            BlockSize: 8
            RandomNumberGeneratorSeed: 40
            """;

    /**
     * Writes the configuration for SCALE-Sim v2 and v3.
     *
     * @param runName the folder in which the simulator will put its reports
     * @return the file's text
     */
    public String configuration(String runName) {
        return """
                [general]
                run_name: %s

                [architecture_presets]
                ArrayHeight: %d
                ArrayWidth: %d
                IfmapSramSzkB: %d
                FilterSramSzkB: %d
                OfmapSramSzkB: %d
                IfmapOffset: 0
                FilterOffset: 1000000000
                OfmapOffset: 2000000000
                Bandwidth: %d
                Dataflow: %s
                MemoryBanks: 1
                ReadRequestBuffer: 32
                WriteRequestBuffer: 32
                """.formatted(runName, arrayRows, arrayColumns, ifmapKilobytes, filterKilobytes, ofmapKilobytes,
                Math.max(1, bandwidth), dataflow.name().toLowerCase(Locale.ROOT)) + UNUSED + """

                [run_presets]
                InterfaceBandwidth: %s
                UseRamulatorTrace: False
                """.formatted(bandwidth == 0 ? "CALC" : "USER");
    }
}
