package dev.hardnet.report;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One HTML file without references to others: figures, styles and scripts are all inside. */
public final class ReportPage {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final List<String> SCRIPTS = List.of("format.js", "theme.js", "table.js", "charts.js", "summary.js",
            "arena.js", "roofline.js", "layers.js", "comparison.js", "main.js");

    private ReportPage() {
    }

    /**
     * Writes the page.
     *
     * @param report the figures
     * @return an HTML document
     */
    public static String write(NetworkReport report) {
        return PLACE.matcher(resource("page.html"))
                .replaceAll(place -> Matcher.quoteReplacement(part(place, report)));
    }

    private static String part(MatchResult place, NetworkReport report) {
        return switch (place.group(1)) {
            case "style" -> resource("page.css");
            case "data" -> json(report);
            case "library" -> script(resource("echarts.min.js"));
            case "script" -> script(SCRIPTS.stream().map(ReportPage::resource).collect(Collectors.joining("\n")));
            default -> throw new IllegalStateException("The page has an unknown place " + place.group());
        };
    }

    /** Gson escapes what could end an element: {@code <}, {@code >} and {@code &}. */
    static String json(Object value) {
        return new Gson().toJson(value);
    }

    /** A script ends at the first {@code </script}, even one in its strings. */
    static String script(String code) {
        return code.replaceAll("(?i)</(?=script)", Matcher.quoteReplacement("<\\/")).replace("<!--", "<\\!--");
    }

    private static String resource(String name) {
        try (InputStream stream = ReportPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The build left out the resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
