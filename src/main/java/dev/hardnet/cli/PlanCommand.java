package dev.hardnet.cli;

import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.Task;
import dev.hardnet.graph.Graph;
import dev.hardnet.io.AtomicFile;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.PlanCsv;
import dev.hardnet.plan.PlanSvg;
import dev.hardnet.plan.PlanTable;
import dev.hardnet.plan.SlotLayout;
import dev.hardnet.plan.Step;
import dev.hardnet.traffic.NetworkFigures;
import java.nio.charset.StandardCharsets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet plan}. */
@Command(name = "plan", mixinStandardHelpOptions = true,
        description = "Print the memory plan of a network: each step, what dies there, and the arena it needs.")
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = {"-n", "--network"}, paramLabel = "NAME", required = true,
            description = "The network; 'hardnet networks' lists them.")
    private String network;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private InputOptions input;

    @Mixin
    private ClassMapOptions classMap;

    @Option(names = "--csv", paramLabel = "FILE",
            description = "Write the allocation problem and its solution as CSV (id,lower,upper,size,offset), "
                    + "the format of MiniMalloc.")
    private Path csv;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw the arena over time.")
    private Path svg;

    @Option(names = "--slots",
            description = "Also tell what it would take if every convolution had to read one contiguous range of "
                    + "channels, as library convolutions do.")
    private boolean slots;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** One step for a program. */
    private record StepRow(int step, String operator, String name, List<String> reads, String writes, String shape,
                           long bytes, long offset, List<String> dies, long workspaceBytes) {
        static StepRow of(Plan plan, Step step) {
            return new StepRow(step.index(), step.operator().kind(), step.operator().name(),
                    step.operator().reads().stream().flatMap(view -> view.maps().stream()).map(map -> map.name()).toList(),
                    step.operator().output().name(), step.operator().output().shape().toString(),
                    step.operator().output().bytes(), plan.offset(step.operator().output()),
                    step.dying().stream().map(map -> map.name()).toList(), step.workspaceBytes());
        }
    }

    /** What it costs to place maps side by side instead of reading segments. */
    private record Slots(int maps, int strips, long duplicatedBytes, long cioBytes, long arenaBytes) {
        static Slots of(Graph graph) {
            SlotLayout layout = SlotLayout.of(graph);
            return new Slots(graph.maps().size(), layout.strips().size(), layout.duplicatedBytes(),
                    NetworkFigures.of(graph).cio() * Float.BYTES, layout.arena().peakBytes());
        }

        void print(PrintWriter out) {
            out.printf("%nwith contiguous views: %d maps in %d strips, none copied%n", maps, strips);
            out.printf(Locale.ROOT, "duplicated                       %11s, %.1f%% of the CIO%n",
                    Units.mebibytes(duplicatedBytes), 100.0 * duplicatedBytes / cioBytes);
            out.printf("arena                            %11s%n", Units.mebibytes(arenaBytes));
        }
    }

    /** The whole plan for a program. */
    private record Result(String network, String input, long copiedBytes, long viewsBytes, long lowerBoundBytes,
                          long arenaBytes, Long arenaBytesWithLogits, Long arenaBytesWithClasses,
                          Slots slots, List<StepRow> steps) {
    }

    @Override
    public Integer call() {
        Network planned = Network.byName(network);
        Plan plan = Session.plan(planned, classMap.addTo(input.addTo(device.toSession())).build());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, result(planned, plan));
        } else {
            out.print(PlanTable.write(plan));
            printSaving(out, planned);
            if (slots) {
                Slots.of(plan.graph()).print(out);
            }
            out.flush();
        }
        if (csv != null) {
            write(csv, PlanCsv.write(plan));
        }
        if (svg != null) {
            write(svg, PlanSvg.draw(plan, network + ", input " + plan.graph().input().shape()));
        }
        return 0;
    }

    /** What it saves that a segmentation network gives classes. */
    private void printSaving(PrintWriter out, Network planned) {
        if (planned.task() == Task.SEGMENTATION) {
            long logits = arenaBytes(planned, false);
            long classes = arenaBytes(planned, true);
            out.printf("with full-size logits            %11s%n", Units.mebibytes(logits));
            out.printf("with each pixel's class          %11s, %s less%n", Units.mebibytes(classes),
                    Units.mebibytes(logits - classes));
        }
    }

    private long arenaBytes(Network planned, boolean argMax) {
        return Session.plan(planned, input.addTo(device.toSession()).argMax(argMax).build()).arenaBytes();
    }

    private Result result(Network planned, Plan plan) {
        boolean segments = planned.task() == Task.SEGMENTATION;
        return new Result(network, plan.graph().input().shape().toString(), plan.totals().copiedBytes(),
                plan.totals().viewsBytes(), plan.lowerBoundBytes(), plan.arenaBytes(),
                segments ? arenaBytes(planned, false) : null, segments ? arenaBytes(planned, true) : null,
                slots ? Slots.of(plan.graph()) : null,
                plan.steps().stream().map(step -> StepRow.of(plan, step)).toList());
    }

    private static void write(Path file, String text) {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
