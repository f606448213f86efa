package dev.hardnet.plan;

import dev.hardnet.HarDNetException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Allocation problems and their solutions as text, in MiniMalloc's format: the header {@code id,lower,upper,size}, then
 * one record a line, live in the half-open range [lower, upper); a solution has a fifth column {@code offset}. An id
 * that holds a comma or a quote is quoted as RFC 4180 says.
 */
public final class PlannerCsv {
    private static final String HEADER = "id,lower,upper,size";

    private PlannerCsv() {
    }

    /**
     * Reads a problem; a fifth column is ignored.
     *
     * @param text   the lines, header first
     * @param source what the text is called in error messages
     * @return the records in the order of the lines, with alignment 1
     * @throws IOException      when reading fails
     * @throws HarDNetException when the text is not of that format; the message names the line
     */
    public static List<UsageRecord> read(Reader text, String source) throws IOException {
        BufferedReader lines = new BufferedReader(text);
        String header = lines.readLine();
        if (header == null || !header.strip().startsWith(HEADER)) {
            throw new HarDNetException("%s begins with \"%s\"; a planner problem begins with \"%s\"."
                    .formatted(source, header == null ? "" : header, HEADER));
        }
        List<UsageRecord> records = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            UsageRecord read = record(fields(line), source + ", line " + number);
            if (!ids.add(read.id())) {
                throw new HarDNetException("%s, line %d: id %s occurs twice.".formatted(source, number, read.id()));
            }
            records.add(read);
        }
        return records;
    }

    /**
     * Writes a problem.
     *
     * @param records the records; the upper bound written is the last step plus one
     * @return the lines, each ended by a line feed
     */
    public static String write(List<UsageRecord> records) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        records.forEach(record -> line(text, record).append('\n'));
        return text.toString();
    }

    /**
     * Writes a solution.
     *
     * @param layout the layout; the upper bound written is the last step plus one
     * @return the lines with their offsets, each ended by a line feed
     */
    public static String write(ArenaLayout layout) {
        StringBuilder text = new StringBuilder(HEADER).append(",offset\n");
        for (int i = 0; i < layout.records().size(); i++) {
            line(text, layout.records().get(i)).append(',').append(layout.offsets().get(i)).append('\n');
        }
        return text.toString();
    }

    private static StringBuilder line(StringBuilder text, UsageRecord record) {
        return text.append(quoted(record.id())).append(',').append(record.firstStep()).append(',')
                .append(record.lastStep() + 1L).append(',').append(record.bytes());
    }

    private static String quoted(String id) {
        boolean plain = id.indexOf(',') < 0 && id.indexOf('"') < 0;
        return plain ? id : '"' + id.replace("\"", "\"\"") + '"';
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean inQuotes = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean escaped = inQuotes && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
            if (escaped) {
                field.append(c);
                i++;
            } else if (c == '"') {
                inQuotes = !inQuotes;
            } else if (c == ',' && !inQuotes) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static UsageRecord record(List<String> fields, String where) {
        if (fields.size() < 4 || fields.size() > 5) {
            throw new HarDNetException("%s has %d fields; it needs %s.".formatted(where, fields.size(), HEADER));
        }
        try {
            return new UsageRecord(fields.getFirst(), Long.parseLong(fields.get(3).strip()),
                    Integer.parseInt(fields.get(1).strip()),
                    Math.subtractExact(Integer.parseInt(fields.get(2).strip()), 1), 1);
        } catch (NumberFormatException | ArithmeticException | HarDNetException e) {
            throw new HarDNetException("%s is no usage record: %s".formatted(where, e.getMessage()), e);
        }
    }
}
