package dev.hardnet.cli;

import dev.hardnet.Session;
import dev.hardnet.plan.Step;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The time of each step of a session, the fastest of several runs. */
record LayerTimes(List<Layer> layers) {
    private static final int RUNS = 21;

    /**
     * One step. What does not apply is null.
     *
     * @param step              its index in the plan
     * @param operator          what it does
     * @param name              the module's name
     * @param output            N x C x H x W
     * @param millis            the fastest run
     * @param share             of the sum of all steps, from 0 to 1
     * @param gigaMacsPerSecond multiply-adds of the direct sum per second, whatever the way
     * @param way               how the convolution is computed
     */
    record Layer(int step, String operator, String name, String output, double millis, double share,
                 Double gigaMacsPerSecond, String way) {
    }

    static LayerTimes of(Session session) {
        long[] fastest = StepTimes.fastest(session, RUNS);
        long total = Arrays.stream(fastest).sum();
        return new LayerTimes(session.plan().steps().stream()
                .map(step -> layer(step, fastest[step.index()], total, session.way(step.index()))).toList());
    }

    private static Layer layer(Step step, long time, long total, String way) {
        long macs = step.operator().macs();
        return new Layer(step.index(), step.operator().kind(), step.operator().name(),
                step.operator().output().shape().toString(), time / 1e6, (double) time / total,
                macs == 0 ? null : (double) macs / time, way.isEmpty() ? null : way);
    }

    void print(PrintWriter out) {
        TextTable table = new TextTable("step", "operator", "name", "output", "time", "share", "GMAC/s", "way");
        for (Layer layer : layers) {
            table.add(Integer.toString(layer.step), layer.operator, layer.name, layer.output,
                    Units.milliseconds(layer.millis * 1e6), String.format(Locale.ROOT, "%.1f%%", 100 * layer.share),
                    layer.gigaMacsPerSecond == null ? "" : String.format(Locale.ROOT, "%.1f", layer.gigaMacsPerSecond),
                    layer.way == null ? "" : layer.way);
        }
        table.print(out);
        double total = layers.stream().mapToDouble(Layer::millis).sum();
        out.printf("all steps %s%n", Units.milliseconds(total * 1e6));
    }
}
