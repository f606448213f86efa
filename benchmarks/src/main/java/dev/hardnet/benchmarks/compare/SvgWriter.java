package dev.hardnet.benchmarks.compare;

/** Collects the elements of a picture; lengths are pixels. */
final class SvgWriter {
    private static final String STYLE = """
            <style>
            text { font-family: sans-serif; font-size: 12px; fill: #212529; }
            .title { font-size: 16px; font-weight: bold; }
            .name { font-size: 13px; font-weight: bold; }
            .label { fill: #495057; stroke: white; stroke-width: 3px; paint-order: stroke; }
            .grid { stroke: #dee2e6; }
            .one { stroke: #868e96; stroke-dasharray: 3 3; }
            </style>
            """;

    private final StringBuilder document = new StringBuilder();

    SvgWriter(int width, int height) {
        document.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\">\n"
                .formatted(width, height)).append(STYLE);
        rectangle(0, 0, width, height, "white");
    }

    void rectangle(int left, int top, int width, int height, String color) {
        document.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
                .formatted(left, top, width, height, color));
    }

    void line(int x1, int y1, int x2, int y2, String style) {
        document.append("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" class=\"%s\"/>\n"
                .formatted(x1, y1, x2, y2, style));
    }

    /** Text that starts at a place on its base line. */
    void text(int x, int y, String style, String content) {
        String escaped = content.replace("&", "&amp;").replace("<", "&lt;");
        document.append("<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>\n".formatted(x, y, style, escaped));
    }

    String document() {
        return document + "</svg>\n";
    }
}
