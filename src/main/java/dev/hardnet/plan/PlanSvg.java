package dev.hardnet.plan;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Operator;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Draws the arena over time: a step of the schedule for each column, bytes from bottom to top, a rectangle for each map
 * and workspace from the step that writes it to the last that needs it. Colours tell the layers of a block that are
 * kept to its end from those that are dropped early; bands under the picture mark the blocks. Pointing at a rectangle
 * in a browser tells the map's name, sizes, producer, readers and life. Where maps stand in slots, each of them is a
 * rectangle in the outline of its strip, dashed if it is written again. The picture follows the browser's light or dark
 * mode and needs no other file.
 *
 * <p>What a map is to its network is told from the graph, not from names: a block ends at the first read of a view that
 * joins several maps written one after the other, the last just before; its maps are kept, those written in between and
 * not joined are dropped early.
 */
public final class PlanSvg {
    private static final int WIDTH = 1400;
    private static final int HEIGHT = 720;
    private static final int LEFT = 78;
    private static final int RIGHT = 24;
    private static final int TOP = 92;
    private static final int BOTTOM = 84;
    private static final String WORKSPACE = "workspace";
    private static final double LETTER = 6.0;
    private static final double LINE = 11.0;
    /** Maps of a few bytes must be seen, too. */
    private static final double THINNEST = 2.0;
    private static final String STYLE = """
            svg { font: 10px system-ui, sans-serif; --ground: #ffffff; --ink: #1f2430; --faint: #d9dce3; --soft: #667085;
                  --input: #98a2b3; --other: #7fb2e5; --kept: #2f6fb7; --half: #c9b6e4; --dropped: #f2994a;
                  --output: #3fa66b; --workspace: #e3c94b; --inside: #10131a; --deep: #ffffff; }
            @media (prefers-color-scheme: dark) {
              svg { --ground: #14171d; --ink: #e7e9ee; --faint: #2c313b; --soft: #98a2b3; --input: #667085;
                    --other: #4d86bd; --kept: #2a5f9e; --half: #8a72b5; --dropped: #d97b28; --output: #2f8a57;
                    --workspace: #b39a22; } }
            .ground { fill: var(--ground); } text { fill: var(--ink); }
            .title { font-size: 17px; font-weight: 600; } .sub { font-size: 12px; fill: var(--soft); }
            .axis { fill: var(--soft); font-size: 11px; } .grid { stroke: var(--faint); }
            .peak { stroke: var(--soft); stroke-dasharray: 5 4; } .block { fill: var(--faint); }
            .band { fill: var(--faint); opacity: .35; }
            .map { stroke: var(--ground); stroke-width: .8; } .map:hover { stroke: var(--ink); stroke-width: 1.6; }
            .name { pointer-events: none; fill: var(--inside); } .name.deep { fill: var(--deep); }
            .input { fill: var(--input); } .other { fill: var(--other); } .kept { fill: var(--kept); }
            .half { fill: var(--half); } .dropped { fill: var(--dropped); } .output { fill: var(--output); }
            .workspace { fill: var(--workspace); }
            .again { stroke: var(--ink); stroke-dasharray: 3 2; opacity: .75; }
            .strip { fill: var(--faint); opacity: .55; stroke: var(--soft); stroke-width: .8; }
            """;

    private final Plan plan;
    private final PlanRoles roles;
    private final String title;
    private final XMLStreamWriter xml;
    private final Map<FeatureMap, List<Operator>> readers;

    private PlanSvg(Plan plan, String title, XMLStreamWriter xml) {
        this.plan = plan;
        this.title = title;
        this.xml = xml;
        roles = new PlanRoles(plan.graph());
        readers = plan.graph().readers();
    }

    /**
     * Draws a plan.
     *
     * @param plan  the plan
     * @param title what stands above the picture, for example the network's name and input sizes
     * @return an SVG document of 1400 x 720 units
     */
    public static String draw(Plan plan, String title) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new PlanSvg(plan, title, xml).document();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new HarDNetException("The picture of the plan could not be written: " + e.getMessage(), e);
        }
        return text.toString();
    }

    private void document() throws XMLStreamException {
        xml.writeStartElement("svg");
        xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
        attributes("viewBox", "0 0 " + WIDTH + " " + HEIGHT, "width", WIDTH, "height", HEIGHT, "role", "img");
        text("title", title + ": arena over time");
        text("style", STYLE);
        empty("rect", "class", "ground", "width", WIDTH, "height", HEIGHT);
        heading();
        bytesAxis();
        stepsAxis();
        for (PlanRoles.Block block : roles.blocks()) {
            block(block);
        }
        if (plan.slots().isPresent()) {
            strips(plan.slots().get().strips());
        }
        for (FeatureMap map : plan.graph().maps()) {
            for (PlanBox box : PlanBox.of(plan, map)) {
                map(map, box);
            }
        }
        for (Step step : plan.steps()) {
            if (step.workspaceBytes() > 0) {
                workspace(step);
            }
        }
        xml.writeEndElement();
    }

    private void heading() throws XMLStreamException {
        PlanTotals totals = plan.totals();
        label("title", LEFT, 28, "start", title);
        label("sub", LEFT, 47, "start", "arena %s, lower bound %s; without reuse %s, with copied concatenations %s"
                .formatted(ByteText.of(totals.arenaBytes()), ByteText.of(totals.lowerBoundBytes()),
                        ByteText.of(totals.viewsBytes()), ByteText.of(totals.copiedBytes())));
        Map<PlanRoles.Role, Integer> counts = roles.counts();
        double x = LEFT;
        for (PlanRoles.Role role : PlanRoles.Role.values()) {
            if (counts.containsKey(role)) {
                x = legend(x, style(role), role.meaning());
            }
        }
        if (plan.slots().isPresent()) {
            x = legend(x, "other again", "written again");
            x = legend(x, "strip", "strip");
        }
        if (plan.steps().stream().anyMatch(step -> step.workspaceBytes() > 0)) {
            legend(x, WORKSPACE, "workspace");
        }
    }

    private double legend(double x, String style, String meaning) throws XMLStreamException {
        empty("rect", "class", style, "x", number(x), "y", 61, "width", 13, "height", 13, "rx", 2);
        label("sub", x + 18, 72, "start", meaning);
        return x + 18 + meaning.length() * 6.6 + 18;
    }

    private static String style(PlanRoles.Role role) {
        return switch (role) {
            case INPUT -> "input";
            case OUTPUT -> "output";
            case KEPT_LAYER -> "kept";
            case DROPPED_LAYER -> "dropped";
            case HALF_LAYER -> "half";
            case OTHER -> "other";
        };
    }

    private void bytesAxis() throws XMLStreamException {
        long tick = tick(plan.arenaBytes());
        for (long bytes = 0; bytes <= plan.arenaBytes(); bytes += tick) {
            empty("line", "class", "grid", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", number(y(bytes)), "y2",
                    number(y(bytes)));
            label("axis", LEFT - 8, y(bytes) + 4, "end", tickText(bytes, tick));
        }
        empty("line", "class", "peak", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", number(y(plan.arenaBytes())), "y2",
                number(y(plan.arenaBytes())));
        label("axis", WIDTH - RIGHT, y(plan.arenaBytes()) - 4, "end", "arena " + ByteText.of(plan.arenaBytes()));
    }

    /** A power of two that gives 4 to 8 ticks. */
    private static long tick(long bytes) {
        return Math.max(1, Long.highestOneBit(Math.max(1, bytes / 4)));
    }

    private static String tickText(long bytes, long tick) {
        long unit = tick >= ByteText.MIB / 8 ? ByteText.MIB : tick >= ByteText.KIB / 8 ? ByteText.KIB : 1;
        String name = unit == ByteText.MIB ? " MiB" : unit == ByteText.KIB ? " KiB" : " B";
        double value = (double) bytes / unit;
        return (value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value)) + name;
    }

    private void stepsAxis() throws XMLStreamException {
        int every = Math.max(1, Math.ceilDiv(plan.steps().size(), 300) * 10);
        for (int step = 0; step < plan.steps().size(); step += every) {
            label("axis", x(step + 0.5), HEIGHT - BOTTOM + 16, "middle", Integer.toString(step));
        }
        label("axis", WIDTH - RIGHT, HEIGHT - 14, "end", "step of the schedule, dense blocks marked");
    }

    private void block(PlanRoles.Block block) throws XMLStreamException {
        double x = x(block.first());
        double width = x(block.end()) - x;
        double top = HEIGHT - BOTTOM + 26.0;
        empty("rect", "class", "band", "x", number(x), "y", TOP, "width", number(width), "height",
                HEIGHT - BOTTOM - TOP);
        empty("rect", "class", "block", "x", number(x), "y", number(top), "width", number(width), "height", 18, "rx", 3);
        if (block.name().length() * LETTER < width) {
            label("axis", x + width / 2, top + 13, "middle", block.name());
        }
    }

    private void strips(List<Strip> strips) throws XMLStreamException {
        for (int i = 0; i < strips.size(); i++) {
            rectangle(PlanBox.ofStrip(plan, i, strips.get(i)), "strip", "strip %d\n%s, %s at offset %d".formatted(i,
                    strips.get(i).shape(), ByteText.of(strips.get(i).bytes()), plan.stripOffset(i)));
        }
    }

    private void map(FeatureMap map, PlanBox box) throws XMLStreamException {
        String producer = map.id() == 0 ? "given by the caller"
                : "written by " + plan.steps().get(box.firstStep()).operator().kind();
        String readBy = readers.getOrDefault(map, List.of()).stream().map(Operator::name)
                .collect(Collectors.joining(", "));
        String about = """
                %s
                %s, %s at offset %d
                %s, %s
                %s
                steps %d to %d""".formatted(map.name(), map.shape(), ByteText.of(box.bytes()), box.offset(),
                producer, roles.role(map).meaning(), readBy.isEmpty() ? "read by no operator" : "read by " + readBy,
                box.firstStep(), box.lastStep());
        String style = style(roles.role(map));
        rectangle(box, "map " + style + (box.again() ? " again" : ""), about);
        name(map.name(), style, box);
    }

    private void workspace(Step step) throws XMLStreamException {
        String name = "workspace of " + step.operator().name();
        PlanBox box = PlanBox.ofWorkspace(plan, step);
        rectangle(box, "map " + WORKSPACE, "%s\n%s at offset %d\nstep %d".formatted(name, ByteText.of(box.bytes()),
                box.offset(), step.index()));
    }

    private void rectangle(PlanBox box, String style, String about) throws XMLStreamException {
        xml.writeStartElement("rect");
        attributes("class", style, "x", number(x(box.firstStep())), "y", number(y(box.offset()) - height(box)), "width",
                number(width(box)), "height", number(height(box)), "rx", 1.5);
        text("title", about);
        xml.writeEndElement();
    }

    private void name(String name, String style, PlanBox box) throws XMLStreamException {
        name(name, style, x(box.firstStep()) + width(box) / 2, y(box.offset()) - height(box) / 2, width(box),
                height(box));
    }

    /** Writes the name across, or else upright, or else what is left of it without its first parts. */
    private void name(String name, String style, double x, double y, double width, double height)
            throws XMLStreamException {
        double length = name.length() * LETTER;
        boolean across = length < width && height > LINE;
        boolean upright = length < height && width > LINE && name.length() > 2;
        int dot = name.indexOf('.');
        if (!across && !upright) {
            if (dot >= 0) {
                name(name.substring(dot + 1), style, x, y, width, height);
            }
            return;
        }
        xml.writeStartElement("text");
        attributes("class", style.equals("kept") ? "name deep" : "name", "text-anchor", "middle", "x", number(x), "y",
                number(y + 3.5));
        if (!across) {
            attributes("transform", "rotate(-90 " + number(x) + " " + number(y) + ")");
        }
        xml.writeCharacters(name);
        xml.writeEndElement();
    }

    private double x(double step) {
        return LEFT + (WIDTH - LEFT - RIGHT) * step / plan.steps().size();
    }

    private double width(PlanBox box) {
        return x(box.lastStep() + 1.0) - x(box.firstStep());
    }

    private double height(PlanBox box) {
        return Math.max(THINNEST, y(box.offset()) - y(box.offset() + box.bytes()));
    }

    private double y(long bytes) {
        return HEIGHT - BOTTOM - (double) (HEIGHT - BOTTOM - TOP) * bytes / plan.arenaBytes();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private void label(String style, double x, double y, String anchor, String label) throws XMLStreamException {
        xml.writeStartElement("text");
        attributes("class", style, "x", number(x), "y", number(y), "text-anchor", anchor);
        xml.writeCharacters(label);
        xml.writeEndElement();
    }

    private void text(String element, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private void empty(String element, Object... namesAndValues) throws XMLStreamException {
        xml.writeEmptyElement(element);
        attributes(namesAndValues);
    }

    private void attributes(Object... namesAndValues) throws XMLStreamException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            xml.writeAttribute(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
        }
    }
}
