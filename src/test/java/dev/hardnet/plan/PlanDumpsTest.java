package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Network;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlanDumpsTest {
    private static Plan plan() {
        return Plan.of(HarmonicGraphs.hardnet39ds(), operator -> operator instanceof DepthwiseConv ? 65_536 : 0);
    }

    @Test
    void tableHasALineForEachStepAndTheTotals() {
        Plan plan = plan();
        List<String> lines = PlanTable.write(plan).lines().toList();
        assertTrue(lines.getFirst().startsWith("step  operator"));
        assertEquals(plan.steps().size(), lines.stream().filter(line -> line.matches("\\s*\\d+ .*")).count());
        int widest = lines.stream().mapToInt(String::length).max().orElseThrow();
        assertTrue(widest <= 140, () -> "The widest line has " + widest + " columns.");
        assertTrue(lines.getLast().matches("arena +3\\.45 MiB"));
    }

    @Test
    void csvHasALineForEachMapAndWorkspace() throws Exception {
        Plan plan = plan();
        String text = PlanCsv.write(plan);
        List<UsageRecord> records = PlannerCsv.read(new StringReader(text), "plan");
        assertEquals(plan.layout().records().size(), records.size());
        assertTrue(text.startsWith("id,lower,upper,size,offset\ninput,0,1,602112," + plan.layout().offsets().get(0)));
    }

    @Test
    void pictureIsXmlWithARectangleForEachMapAndWorkspace() throws Exception {
        Plan plan = plan();
        String svg = PlanSvg.draw(plan, "39ds <&> \"quoted\"");
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        NodeList rectangles = document.getElementsByTagName("rect");
        List<Element> maps = IntStream.range(0, rectangles.getLength()).mapToObj(i -> (Element) rectangles.item(i))
                .filter(element -> element.getAttribute("class").startsWith("map ")).toList();
        assertEquals(plan.layout().records().size(), maps.size());
        assertTrue(maps.stream().allMatch(element -> element.getElementsByTagName("title").getLength() == 1));
        assertTrue(svg.contains("base.3.layers.1.layer2") && svg.contains("39ds &lt;&amp;&gt;"));
        assertFalse(svg.contains("http://www.w3.org/1999/xlink") || svg.contains("<script"));
        assertEquals(svg, PlanSvg.draw(plan(), "39ds <&> \"quoted\""));
    }

    @Test
    void slotsAreRectanglesInTheOutlineOfTheirStrips() throws Exception {
        Plan plan = slotPlan();
        SlotLayout slots = plan.slots().orElseThrow();
        List<Element> rectangles = rectangles(PlanSvg.draw(plan, "slots"));
        long places = plan.graph().maps().stream().mapToLong(map -> slots.places(map).size()).sum();
        long again = places - plan.graph().maps().size();
        assertTrue(again > 0);
        assertEquals(places, rectangles.stream().filter(box -> box.getAttribute("class").startsWith("map ")).count());
        assertEquals(again, rectangles.stream().filter(box -> box.getAttribute("class").endsWith(" again"))
                .filter(box -> box.getAttribute("class").startsWith("map ")).count());
        List<Element> strips = rectangles.stream().filter(box -> box.getAttribute("class").equals("strip"))
                .filter(box -> box.getElementsByTagName("title").getLength() == 1).toList();
        assertEquals(slots.strips().size(), strips.size());
        double bottom = strips.stream().mapToDouble(box -> number(box, "y") + number(box, "height")).max()
                .orElseThrow();
        assertTrue(rectangles.stream().filter(box -> box.getAttribute("class").startsWith("map "))
                .allMatch(box -> strips.stream().anyMatch(strip -> contains(strip, box))));
        assertEquals(720 - 84, bottom, 0.01);
    }

    private static boolean contains(Element outer, Element inner) {
        double tolerance = 2.1; // A rectangle is at least 2 units high, however few bytes it stands for.
        return number(outer, "x") <= number(inner, "x") + 0.02
                && number(inner, "x") + number(inner, "width") <= number(outer, "x") + number(outer, "width") + 0.02
                && number(outer, "y") <= number(inner, "y") + tolerance
                && number(inner, "y") + number(inner, "height") <= number(outer, "y") + number(outer, "height") + 0.02;
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static List<Element> rectangles(String svg) throws Exception {
        NodeList all = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8))).getElementsByTagName("rect");
        return IntStream.range(0, all.getLength()).mapToObj(i -> (Element) all.item(i)).toList();
    }

    @Test
    void tableAndCsvTellEverySlotAndStrip() {
        Plan plan = slotPlan();
        SlotLayout slots = plan.slots().orElseThrow();
        List<String> lines = PlanTable.write(plan).lines().toList();
        for (FeatureMap map : plan.graph().maps()) {
            String again = "#%d again ".formatted(map.id());
            assertEquals(slots.places(map).size() - 1,
                    lines.stream().filter(line -> line.strip().startsWith(again)).count(), map.name());
        }
        List<String> rows = PlanCsv.write(plan).lines().toList();
        assertEquals(1 + slots.strips().size(), rows.size());
        Strip first = slots.strips().getFirst();
        assertEquals("strip 0 from %s,%d,%d,%d,%d".formatted(first.slots().getFirst().segment().map().name(),
                first.firstStep(), first.lastStep() + 1, first.bytes(), plan.stripOffset(0)), rows.get(1));
    }

    private static Plan slotPlan() {
        return Plan.of(SlotLayout.of(HarmonicGraphs.hardnet68(), SlotRules.FLOAT16), Workspaces.NONE);
    }

    @Test
    void evenLayersAreDroppedAndOddOnesKeptInDenseBlocks() {
        Graph graph = HarmonicGraphs.hardnet68();
        assertEvenLayersDropped(graph, "");
        assertEquals(List.of("base.3", "base.6"), blocks(graph).subList(0, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "fchardnet70, base.4 base.7 base.10 base.13 base.16 "
            + "denseBlocksUp.0 denseBlocksUp.1 denseBlocksUp.2 denseBlocksUp.3",
        "centernet_hardnet85, base.3 base.6 base.8 base.11 base.13 last_blk "
            + "denseBlocksUp.0 denseBlocksUp.1 denseBlocksUp.2",
        "ssd300_hardnet68, base.3 base.6 base.8 base.11"})
    void theBlocksOfDecodersAreFoundToo(String network, String names) {
        Graph graph = Network.byName(network).graph(1, 300, 300, 5);
        assertEvenLayersDropped(graph, "");
        assertEquals(names, String.join(" ", blocks(graph)));
        PlanRoles roles = new PlanRoles(graph);
        graph.maps().stream().filter(map -> !map.name().contains("layers")).forEach(map ->
                assertNotEquals(PlanRoles.Role.DROPPED_LAYER, roles.role(map), map.name()));
    }

    @Test
    void evenLayersAreDroppedAndOddOnesKeptInSeparableBlocks() {
        Graph graph = HarmonicGraphs.hardnet39ds();
        assertEvenLayersDropped(graph, ".layer2");
        assertEquals(List.of("base.3", "base.6"), blocks(graph).subList(0, 2));
        PlanRoles roles = new PlanRoles(graph);
        graph.maps().stream().filter(map -> map.name().endsWith(".layer1"))
                .forEach(map -> assertEquals(PlanRoles.Role.HALF_LAYER, roles.role(map), map.name()));
    }

    private static void assertEvenLayersDropped(Graph graph, String suffix) {
        PlanRoles roles = new PlanRoles(graph);
        int dropped = 0;
        for (FeatureMap map : graph.maps()) {
            if (map.name().matches(".*layers\\.\\d+" + suffix)) {
                int layer = Integer.parseInt(map.name().replaceAll(".*layers\\.(\\d+).*", "$1")) + 1;
                String next = map.name().replaceAll("layers\\.\\d+", "layers." + layer);
                boolean last = graph.maps().stream().noneMatch(other -> other.name().equals(next));
                boolean even = layer % 2 == 0 && !last;
                assertEquals(even ? PlanRoles.Role.DROPPED_LAYER : PlanRoles.Role.KEPT_LAYER, roles.role(map), map.name());
                dropped += even ? 1 : 0;
            }
        }
        assertTrue(dropped > 0);
    }

    private static List<String> blocks(Graph graph) {
        return new PlanRoles(graph).blocks().stream().map(PlanRoles.Block::name).toList();
    }
}
