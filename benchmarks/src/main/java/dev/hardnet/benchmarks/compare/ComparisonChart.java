package dev.hardnet.benchmarks.compare;

import dev.hardnet.benchmarks.compare.RuntimeResult.Timed;
import dev.hardnet.benchmarks.runtime.RuntimeName;
import java.util.List;
import java.util.Locale;

/** Results as a bar chart: how many times as long as ours each runtime takes. */
final class ComparisonChart {
    private static final int WIDTH = 1000;
    private static final int MARGIN = 16;
    private static final int PLOT_LEFT = 270;
    private static final int PLOT_RIGHT = 840;
    private static final int TOP = 92;
    private static final int BAR = 15;
    private static final int BAR_GAP = 2;
    private static final int GROUP_GAP = 16;
    private static final int LEGEND_STEP = 140;
    /** What is slower ends at the edge; its label tells the rest. */
    private static final double MOST_SHOWN = 8;

    private final List<CaseResult> results;
    private final double largest;
    private final SvgWriter svg;
    private int top = TOP;

    private ComparisonChart(List<CaseResult> results) {
        this.results = results;
        largest = Math.min(MOST_SHOWN, results.stream().flatMap(result -> result.timed().stream()
                .map(timed -> timed.ratioTo(result.ours()))).mapToDouble(Double::doubleValue).max().orElse(1));
        svg = new SvgWriter(WIDTH, height(results));
    }

    /** The picture as an SVG document. */
    static String svg(List<CaseResult> results) {
        return new ComparisonChart(results).draw();
    }

    private static int height(List<CaseResult> results) {
        return TOP + results.stream().mapToInt(ComparisonChart::groupHeight).sum() + MARGIN;
    }

    private static int groupHeight(CaseResult result) {
        return result.timed().size() * (BAR + BAR_GAP) + GROUP_GAP;
    }

    private String draw() {
        svg.text(MARGIN, 28, "title", "Median time of a run, as a multiple of HarDNet for Java's (shorter is faster)");
        drawLegend();
        drawScale();
        results.forEach(this::drawGroup);
        return svg.document();
    }

    private void drawLegend() {
        int left = MARGIN;
        for (RuntimeName runtime : RuntimeName.values()) {
            svg.rectangle(left, 42, 12, 12, color(runtime));
            svg.text(left + 18, 52, "label", runtime.toString());
            left += LEGEND_STEP;
        }
    }

    private void drawScale() {
        for (int tick = 0; tick <= largest; tick++) {
            int x = x(tick);
            svg.line(x, TOP - 8, x, height(results) - MARGIN, tick == 1 ? "one" : "grid");
            svg.text(x - 4, TOP - 12, "label", Integer.toString(tick));
        }
    }

    private void drawGroup(CaseResult result) {
        int middle = top + (groupHeight(result) - GROUP_GAP) / 2;
        svg.text(MARGIN, middle - 3, "name", result.benchmarkCase().network());
        svg.text(MARGIN, middle + 13, "label", "%s, %d thread%s".formatted(result.benchmarkCase().inputText(),
                result.benchmarkCase().threads(), result.benchmarkCase().threads() == 1 ? "" : "s"));
        int y = top;
        for (Timed timed : result.timed()) {
            drawBar(timed, timed.ratioTo(result.ours()), y);
            y += BAR + BAR_GAP;
        }
        top += groupHeight(result);
    }

    private void drawBar(Timed timed, double ratio, int y) {
        int right = x(Math.min(ratio, largest));
        svg.rectangle(PLOT_LEFT, y, right - PLOT_LEFT, BAR, color(timed.runtime()));
        svg.text(right + 5, y + BAR - 3, "label",
                String.format(Locale.ROOT, "%.2f (%.2f ms)", ratio, timed.medianMillis()));
    }

    private int x(double ratio) {
        return (int) Math.round(PLOT_LEFT + (PLOT_RIGHT - PLOT_LEFT) * ratio / largest);
    }

    private static String color(RuntimeName runtime) {
        return switch (runtime) {
            case HARDNET -> "#d9480f";
            case ONNXRUNTIME -> "#1971c2";
            case OPENCV -> "#2f9e44";
            case PYTORCH -> "#9c36b5";
            case ONEDNN_CONVS -> "#adb5bd";
        };
    }
}
