package dev.hardnet.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of words under headings: the first column to the left, numbers to the right. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headings) {
        rows.add(List.of(headings));
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    void print(PrintWriter out) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            widths[column] = width(column);
            numbers[column] = isNumeric(column);
        }
        for (List<String> row : rows) {
            out.println(line(row, widths, numbers));
        }
        out.flush();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.size() > 1 && rows.stream().skip(1).map(row -> row.get(column))
                .allMatch(cell -> cell.matches("|\\d[\\d.]*[ %]?[A-Za-z]*( \\([+-][\\d.]+%\\))?"));
    }

    private static String line(List<String> row, int[] widths, boolean[] numbers) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(column == 0 ? "" : "  ");
            line.append((numbers[column] ? "%" : "%-").concat(widths[column] + "s").formatted(row.get(column)));
        }
        return line.toString().stripTrailing();
    }
}
