package dev.hardnet.cli;

import dev.hardnet.profile.StepFigures;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The steps of a profile for people. */
final class StepTable {
    private StepTable() {
    }

    static void print(PrintWriter out, List<StepFigures> steps) {
        TextTable table = new TextTable("step", "operator", "name", "output", "time", "share", "GMAC/s", "GB/s",
                "roofline", "way");
        for (StepFigures step : steps) {
            table.add(Integer.toString(step.step()), step.operator(), step.name(), step.output(),
                    Units.milliseconds(step.millis() * 1e6), percent(step.share()), rate(step.gigaMacsPerSecond()),
                    rate(step.gigabytesPerSecond()), step.rooflineShare() == null ? "" : percent(step.rooflineShare()),
                    step.way() == null ? "" : step.way());
        }
        table.print(out);
        double total = steps.stream().mapToDouble(StepFigures::millis).sum();
        out.printf("all steps %s%n", Units.milliseconds(total * 1e6));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    private static String rate(Double rate) {
        return rate == null ? "" : String.format(Locale.ROOT, "%.1f", rate);
    }
}
