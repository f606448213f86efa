package dev.hardnet.traffic.scalesim;

import dev.hardnet.HarDNetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One of the simulator's reports: a heading, and a line of numbers for each simulated layer.
 *
 * @param file     where it stands
 * @param headings the names of the columns
 * @param rows     the numbers
 */
record ReportFile(Path file, List<String> headings, List<double[]> rows) {
    private static final long MAX_BYTES = 1L << 28;
    /** More words than any accelerator moves; sums of them still fit a long. */
    private static final long MAX_COUNT = 1L << 40;

    static ReportFile read(Path file) {
        List<String> lines = lines(file);
        if (lines.isEmpty()) {
            throw new HarDNetException("%s is empty; expected is a report of SCALE-Sim.".formatted(file));
        }
        List<String> headings = cells(lines.getFirst());
        if (!headings.getFirst().equals("LayerID")) {
            throw new HarDNetException(("%s begins with the column '%s'; expected is LayerID, as in a report of "
                    + "SCALE-Sim.").formatted(file, headings.getFirst()));
        }
        List<double[]> rows = new ArrayList<>();
        for (int line = 1; line < lines.size(); line++) {
            if (!lines.get(line).isBlank()) {
                rows.add(numbers(file, line + 1, cells(lines.get(line)), headings.size()));
            }
        }
        return new ReportFile(file, headings, rows);
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new HarDNetException("%s has %d bytes; a report of SCALE-Sim is far smaller.".formatted(file,
                        Files.size(file)));
            }
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException missing) {
            throw new HarDNetException("There is no report %s.".formatted(file), missing);
        } catch (IOException failure) {
            throw new HarDNetException("%s cannot be read as text (%s).".formatted(file, failure), failure);
        }
    }

    /** The cells of a line; there is a comma behind the last. */
    private static List<String> cells(String line) {
        return Arrays.stream(line.strip().replaceFirst(",$", "").split(",")).map(String::strip).toList();
    }

    private static double[] numbers(Path file, int line, List<String> cells, int expected) {
        if (cells.size() != expected) {
            throw new HarDNetException("%s has %d cells in line %d; its heading has %d.".formatted(file, cells.size(),
                    line, expected));
        }
        double[] numbers = new double[expected];
        for (int i = 0; i < expected; i++) {
            numbers[i] = number(file, line, cells.get(i));
        }
        return numbers;
    }

    private static double number(Path file, int line, String cell) {
        try {
            double number = Double.parseDouble(cell);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with its place.
        }
        throw new HarDNetException("%s has '%s' in line %d; expected is a number.".formatted(file, cell, line));
    }

    /** The numbers of a column, one for each simulated layer; counts, which unlike cycles are never negative. */
    double[] counts(String heading) {
        int column = headings.indexOf(heading);
        if (column < 0) {
            throw new HarDNetException("%s has no column '%s'.".formatted(file, heading));
        }
        double[] counts = rows.stream().mapToDouble(row -> row[column]).toArray();
        if (Arrays.stream(counts).anyMatch(count -> count < 0 || count > MAX_COUNT)) {
            throw new HarDNetException("%s has a number in column '%s' that counts nothing: it is negative or above %d."
                    .formatted(file, heading, MAX_COUNT));
        }
        return counts;
    }
}
