package dev.hardnet.cli;

import dev.hardnet.traffic.scalesim.Accelerator;
import dev.hardnet.traffic.scalesim.Dataflow;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The accelerator to simulate. */
final class AcceleratorOptions {
    private static final int LARGEST = 1 << 20;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "32", description = "Rows of the array. Default: 32.")
    private int rows;

    @Option(names = "--columns", paramLabel = "N", defaultValue = "32",
            description = "Columns of the array. Default: 32.")
    private int columns;

    @Option(names = "--ifmap-sram", paramLabel = "KiB", defaultValue = "64",
            description = "Memory for inputs. Default: 64 KiB.")
    private int ifmap;

    @Option(names = "--filter-sram", paramLabel = "KiB", defaultValue = "64",
            description = "Memory for weights. Default: 64 KiB.")
    private int filter;

    @Option(names = "--ofmap-sram", paramLabel = "KiB", defaultValue = "64",
            description = "Memory for outputs. Default: 64 KiB.")
    private int ofmap;

    @Option(names = "--dataflow", paramLabel = "os|ws|is", defaultValue = "os",
            description = "What stays in the array: outputs, weights or inputs; with ws and is, partial sums travel to "
                    + "DRAM, too. Default: os.")
    private Dataflow dataflow;

    @Option(names = "--bandwidth", paramLabel = "WORDS",
            description = "Words per cycle from DRAM. Default: as many as it takes never to wait.")
    private Integer bandwidth;

    Accelerator accelerator() {
        checkAll();
        return new Accelerator(rows, columns, ifmap, filter, ofmap, dataflow, bandwidth == null ? 0 : bandwidth);
    }

    private void checkAll() {
        check("--rows", rows);
        check("--columns", columns);
        check("--ifmap-sram", ifmap);
        check("--filter-sram", filter);
        check("--ofmap-sram", ofmap);
        if (bandwidth != null) {
            check("--bandwidth", bandwidth);
        }
    }

    private void check(String option, int value) {
        if (value < 1 || value > LARGEST) {
            throw new ParameterException(spec.commandLine(), "%s is %d; expected is 1 to %d".formatted(option, value,
                    LARGEST));
        }
    }
}
