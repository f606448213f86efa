package dev.hardnet.cli;

import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.Task;
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

    /** What it costs that maps stand side by side, so that every convolution reads one range of channels. */
    private record Slots(int maps, int strips, long duplicatedBytes, double duplicatedPercentOfCio, long copiedBytes,
                         double copiedPercentOfCio) {
        static Slots of(SlotLayout layout) {
            double cioBytes = (double) NetworkFigures.of(layout.graph()).cio() * layout.rules().elementBytes();
            return new Slots(layout.graph().maps().size(), layout.strips().size(), layout.duplicatedBytes(),
                    100 * layout.duplicatedBytes() / cioBytes, 0, 0);
        }

        void print(PrintWriter out) {
            out.printf("%nevery convolution reads one range of channels: %d maps in %d strips%n", maps, strips);
            printShare(out, "duplicated bytes", duplicatedBytes, duplicatedPercentOfCio);
            printShare(out, "copied bytes", copiedBytes, copiedPercentOfCio);
        }

        private static void printShare(PrintWriter out, String what, long bytes, double percent) {
            out.printf(Locale.ROOT, "%-32s %11s, %.1f%% of the CIO%n", what, Units.mebibytes(bytes), percent);
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
            plan.slots().map(Slots::of).ifPresent(slots -> slots.print(out));
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
            if (logits == classes) {
                out.println("full-size logits are made in the tensor: the arena is the same with each pixel's class");
                return;
            }
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
                plan.slots().map(Slots::of).orElse(null),
                plan.steps().stream().map(step -> StepRow.of(plan, step)).toList());
    }

    private static void write(Path file, String text) {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
