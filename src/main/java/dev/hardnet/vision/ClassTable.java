package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A text about the classes of a network, in their order: a label on each line, or a table with tabs whose first line
 * names the columns, {@code name} among them, and {@code red}, {@code green} and {@code blue} if it tells colours.
 * Empty lines may only end it.
 */
final class ClassTable {
    static final String CITYSCAPES = "cityscapes_19.tsv";
    private static final String TAB = "\t";
    private static final List<String> COLORS = List.of("red", "green", "blue");

    private final String source;
    /** The names of the columns; empty for a plain list. */
    private final List<String> columns;
    private final List<String> rows;

    private ClassTable(List<String> lines, String source) {
        List<String> filled = new ArrayList<>(lines);
        while (!filled.isEmpty() && filled.getLast().isBlank()) {
            filled.removeLast();
        }
        if (!filled.isEmpty() && filled.getFirst().startsWith("\uFEFF")) {
            filled.set(0, filled.getFirst().substring(1));
        }
        boolean table = !filled.isEmpty() && filled.getFirst().contains(TAB);
        this.source = source;
        columns = table ? Arrays.stream(filled.removeFirst().split(TAB)).map(String::strip).toList() : List.of();
        rows = List.copyOf(filled);
    }

    /** Reads a file in UTF-8. */
    static ClassTable read(Path file) {
        try {
            return new ClassTable(Files.readAllLines(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new HarDNetException("%s does not exist, but a file of labels is expected.".formatted(file), e);
        } catch (CharacterCodingException e) {
            throw new HarDNetException("%s is not a text file in UTF-8, but a file of labels is expected."
                    .formatted(file), e);
        } catch (IOException e) {
            throw new HarDNetException("%s could not be read: %s.".formatted(file, e.getMessage()), e);
        }
    }

    /** Reads a text of the jar. */
    static ClassTable embedded(String name) {
        try (InputStream in = ClassTable.class.getResourceAsStream(name);
             BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new ClassTable(reader.lines().toList(), name);
        } catch (IOException e) {
            throw new UncheckedIOException("The jar's own list of labels could not be read", e);
        }
    }

    String source() {
        return source;
    }

    int size() {
        return rows.size();
    }

    List<String> names() {
        int column = columns.indexOf("name");
        if (column < 0 && !columns.isEmpty()) {
            throw new HarDNetException("%s is a table without a column 'name', but its labels are expected there."
                    .formatted(source));
        }
        return IntStream.range(0, size()).mapToObj(row -> label(row, Math.max(column, 0))).toList();
    }

    private String label(int row, int column) {
        String label = cell(row, column);
        if (label.isEmpty()) {
            throw new HarDNetException("Line %d of %s has no label, expected one on each line."
                    .formatted(line(row), source));
        }
        return label;
    }

    /** Whether it is a table with a column of a colour. */
    boolean hasColors() {
        return COLORS.stream().anyMatch(columns::contains);
    }

    /** The colours of the classes, each 0xRRGGBB. */
    int[] colors() {
        int[] colors = new int[size()];
        for (String color : COLORS) {
            int column = columns.indexOf(color);
            if (column < 0) {
                throw new HarDNetException("%s is a table without a column '%s', but colours need %s."
                        .formatted(source, color, String.join(", ", COLORS)));
            }
            for (int row = 0; row < colors.length; row++) {
                colors[row] = colors[row] << 8 | level(row, column);
            }
        }
        return colors;
    }

    private int level(int row, int column) {
        String text = cell(row, column);
        try {
            int level = Integer.parseInt(text);
            if (level >= 0 && level <= 255) {
                return level;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, as numbers out of range are.
        }
        throw new HarDNetException("Line %d of %s gives %s '%s', expected a number from 0 to 255."
                .formatted(line(row), source, columns.get(column), text));
    }

    private String cell(int row, int column) {
        String[] cells = rows.get(row).split(TAB);
        return column < cells.length ? cells[column].strip() : "";
    }

    private int line(int row) {
        return row + (columns.isEmpty() ? 1 : 2);
    }
}
