package dev.hardnet.plan;

import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a plan as a table for people: a line for each step, then the totals. Maps are called by their ids. A map that
 * stands in several slots has a line for each of them.
 */
public final class PlanTable {
    private static final List<String> HEADER = List.of("step", "operator", "name", "reads channels", "writes", "at", "dies",
            "live");
    private static final int[] WIDEST = {4, 22, 23, 30, 18, 9, 14, 9};
    private static final int LIVE = 7;
    private static final int AT = 5;

    private PlanTable() {
    }

    /**
     * Writes the table.
     *
     * @param plan the plan
     * @return lines of at most 143 columns; what does not fit its column ends in {@code ...}, each ended by a line feed
     */
    public static String write(Plan plan) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        rows.add(List.of("", "", plan.graph().input().name(), "", map(plan.graph().input()),
                ByteText.of(plan.offset(plan.graph().input())), "", ""));
        plan.steps().forEach(step -> addRows(rows, plan, step));
        StringBuilder text = new StringBuilder();
        int[] widths = widths(rows);
        rows.forEach(row -> line(text, row, widths));
        return text.append('\n').append(totals(plan)).toString();
    }

    private static void addRows(List<List<String>> rows, Plan plan, Step step) {
        Operator operator = step.operator();
        rows.add(List.of(Integer.toString(step.index()), operator.kind(), operator.name(), reads(operator),
                maps(operator), ByteText.of(plan.offset(operator.output())), ids(step.dying()),
                ByteText.of(plan.liveBytes(step))));
        plan.slots().ifPresent(slots -> operator.outputs().forEach(map -> addFurtherPlaces(rows, plan, map,
                slots.places(map))));
        if (step.workspaceBytes() > 0) {
            rows.add(List.of("", "", "", "", "workspace " + ByteText.of(step.workspaceBytes()),
                    ByteText.of(plan.workspaceOffset(step)), "", ""));
        }
    }

    private static void addFurtherPlaces(List<List<String>> rows, Plan plan, FeatureMap map, List<Place> places) {
        for (Place place : places.subList(1, places.size())) {
            rows.add(List.of("", "", "", "", "#%d again".formatted(map.id()), ByteText.of(plan.offset(place)), "", ""));
        }
    }

    private static String reads(Operator operator) {
        return operator.reads().stream().map(PlanTable::view).collect(Collectors.joining(", "));
    }

    private static String view(View view) {
        return view.shape().c() + " of " + ids(view.maps());
    }

    private static String maps(Operator operator) {
        return operator.outputs().size() == 1 ? map(operator.output())
                : ids(operator.outputs()) + " " + operator.output().shape();
    }

    private static String map(FeatureMap map) {
        return "#" + map.id() + " " + map.shape();
    }

    private static String ids(List<FeatureMap> maps) {
        return maps.stream().map(map -> "#" + map.id()).collect(Collectors.joining(" "));
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.min(WIDEST[column], Math.max(widths[column], row.get(column).length()));
            }
        }
        return widths;
    }

    private static void line(StringBuilder text, List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = shortened(row.get(column), widths[column]);
            String padding = " ".repeat(widths[column] - cell.length());
            boolean number = column == 0 || column == AT || column == LIVE;
            line.append(number ? padding + cell : cell + padding).append("  ");
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static String shortened(String cell, int width) {
        return cell.length() <= width ? cell : cell.substring(0, width - 3) + "...";
    }

    private static String totals(Plan plan) {
        PlanTotals totals = plan.totals();
        return """
                no reuse, concatenations copied  %11s
                no reuse, concatenations viewed  %11s
                lower bound (largest live set)   %11s
                arena                            %11s
                """.formatted(ByteText.of(totals.copiedBytes()), ByteText.of(totals.viewsBytes()),
                ByteText.of(totals.lowerBoundBytes()), ByteText.of(totals.arenaBytes()));
    }
}
