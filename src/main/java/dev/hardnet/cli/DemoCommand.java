package dev.hardnet.cli;

import dev.hardnet.Model;
import dev.hardnet.Session;
import dev.hardnet.Tensor;
import dev.hardnet.plan.Plan;
import dev.hardnet.vision.Classification;
import dev.hardnet.vision.Classifier;
import dev.hardnet.vision.PictureReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hardnet demo}. */
@Command(name = "demo", mixinStandardHelpOptions = true,
        description = "Show it all in a few lines: three photos, the memory plan, the predictions, the latency.")
final class DemoCommand implements Callable<Integer> {
    private static final List<String> PHOTOS = List.of("ship.jpg", "car.jpg", "bus.jpg");
    private static final int TIMED_RUNS = 200;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DeviceOptions device;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Model model = Model.embedded(); Classifier classifier = Classifier.open(model, device.toSession().build())) {
            EmbeddedNotice.print(out, model);
            printPlan(classifier.session(), out);
            for (String photo : PHOTOS) {
                printPrediction(photo, classifier, out);
            }
            out.printf(Locale.ROOT, "Latency: median %.2f ms over %d runs on %s.%n", median(classifier.session()) / 1e6,
                    TIMED_RUNS, classifier.session().backend());
            out.flush();
        }
        return 0;
    }

    private static void printPlan(Session session, PrintWriter out) {
        Plan plan = session.plan();
        out.printf("Plan: %d steps for an input of %s; an arena of %s holds what would take %s without reuse and %s with "
                        + "copied concatenations.%n", plan.steps().size(), session.inputShape(),
                Units.mebibytes(plan.arenaBytes()), Units.mebibytes(plan.totals().viewsBytes()),
                Units.mebibytes(plan.totals().copiedBytes()));
    }

    private static void printPrediction(String photo, Classifier classifier, PrintWriter out) {
        Classification best = classifier.classify(picture(photo)).best();
        out.printf(Locale.ROOT, "  %-9s %-11s %4.1f%%%n", photo, best.label(), 100 * best.probability());
        out.flush();
    }

    private static BufferedImage picture(String name) {
        try (InputStream stream = DemoCommand.class.getResourceAsStream("/dev/hardnet/demo/" + name)) {
            return new PictureReader().read(stream, name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static double median(Session session) {
        Tensor input = Tensor.zeros(1, 3, session.inputShape().h(), session.inputShape().w());
        List<Tensor> outputs = session.newOutputs();
        long[] times = new long[TIMED_RUNS];
        for (int run = -TIMED_RUNS / 4; run < TIMED_RUNS; run++) {
            long start = System.nanoTime();
            session.run(input, outputs);
            times[Math.max(run, 0)] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        return times[TIMED_RUNS / 2];
    }
}
