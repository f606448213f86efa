package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void evenLayersAreDroppedAndOddOnesKeptInDenseBlocks() {
        assertEvenLayersDropped(HarmonicGraphs.hardnet68(), "");
    }

    @Test
    void evenLayersAreDroppedAndOddOnesKeptInSeparableBlocks() {
        Graph graph = HarmonicGraphs.hardnet39ds();
        assertEvenLayersDropped(graph, ".layer2");
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
        assertEquals(List.of("base.3", "base.6"), roles.blocks().stream().map(PlanRoles.Block::name).limit(2).toList());
    }
}
