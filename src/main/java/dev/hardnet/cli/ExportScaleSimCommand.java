package dev.hardnet.cli;

import dev.hardnet.HarDNetException;
import dev.hardnet.io.AtomicFile;
import dev.hardnet.traffic.scalesim.Accelerator;
import dev.hardnet.traffic.scalesim.LeftOutLayer;
import dev.hardnet.traffic.scalesim.SimulatedLayer;
import dev.hardnet.traffic.scalesim.Topology;
import dev.hardnet.traffic.scalesim.TopologyFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet export-scalesim}. */
@Command(name = "export-scalesim", mixinStandardHelpOptions = true,
        description = {"Write a network's convolutions and linear layers for the accelerator simulator SCALE-Sim:",
            "topology.csv and a configuration, hardnet.cfg; 'hardnet compare-scalesim' reads its reports."})
final class ExportScaleSimCommand implements Callable<Integer> {
    private static final String RUN_NAME = "hardnet";

    @Spec
    private CommandSpec spec;

    @Mixin
    private LayerSourceOptions source;

    @Mixin
    private AcceleratorOptions accelerator;

    @Option(names = "--format", paramLabel = "v2|v3", defaultValue = "v3",
            description = "The simulator's version; v1 reads the topology of v2. Default: v3.")
    private TopologyFormat format;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "DIR",
            description = "The folder for both files, made when it is not there; existing ones are replaced.")
    private Path folder;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** What was written. */
    private record Result(String topology, String configuration, String network, int layers, int simulatedLayers,
                          List<LeftOutLayer> leftOut) {
    }

    @Override
    public Integer call() {
        Accelerator simulated = accelerator.accelerator();
        Topology topology = Topology.of(source.layers());
        makeFolder();
        Path csv = folder.resolve("topology.csv");
        Path configuration = folder.resolve("hardnet.cfg");
        write(csv, topology.csv(format));
        write(configuration, simulated.configuration(RUN_NAME));
        report(new Result(csv.toString(), configuration.toString(), topology.network(), topology.layers().size(),
                topology.layers().stream().mapToInt(SimulatedLayer::reportRows).sum(), topology.leftOut()));
        return 0;
    }

    private void makeFolder() {
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new HarDNetException("The folder %s cannot be made (%s).".formatted(folder, failure), failure);
        }
    }

    private static void write(Path file, String text) {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void report(Result result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, result);
            return;
        }
        out.printf("%s: %s, %d layers, which SCALE-Sim simulates as %d%n", result.topology, result.network,
                result.layers, result.simulatedLayers);
        out.printf("%s: the accelerator%n", result.configuration);
        LeftOutLines.print(out, result.leftOut);
        out.flush();
    }
}
