package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hardnet.testing.Browser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

class ReportCommandTest {
    private static final Object[] NETWORK = {"-n", "hardnet39ds", "--size", "64x96"};
    private static final Object[] MACHINE = {"--peak", "100", "--bandwidth", "10"};

    @TempDir
    private static Path folder;
    private static Path page;
    private static CommandLineRun run;
    private static Browser browser;

    @BeforeAll
    static void writePage() {
        page = folder.resolve("new/report/index.html");
        run = CommandLineRun.of(words("report", NETWORK, MACHINE, "--threads", 1, "--seconds", "0.1", "--json", "-o",
                page.getParent()));
        assertEquals(0, run.exitCode(), run.err());
        browser = new Browser();
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    @BeforeEach
    void openPage() {
        browser.media("light", "screen");
        browser.open(page, 1200, 900);
    }

    /** Flattens arrays of words. */
    private static Object[] words(Object... parts) {
        List<Object> words = new ArrayList<>();
        for (Object part : parts) {
            words.addAll(part instanceof Object[] several ? List.of(several) : List.of(part));
        }
        return words.toArray();
    }

    private static JsonObject json(Object... parts) {
        return JsonParser.parseString(CommandLineRun.of(words(parts)).out()).getAsJsonObject();
    }

    private static JsonObject pageData() {
        return JsonParser.parseString(browser.evaluate("document.getElementById('data').textContent"))
                .getAsJsonObject();
    }

    /** The rows of a table as the browser shows them, cells apart by single spaces. */
    private static List<String> rows(String table) {
        List<String> rows = browser.evaluate("[...document.querySelectorAll(arguments[0] + ' tbody tr')]"
                + ".map(row => [...row.children].map(cell => cell.textContent).join(' '))", table);
        return rows.stream().map(ReportCommandTest::singleSpaced).toList();
    }

    private static String singleSpaced(String text) {
        return text.strip().replaceAll(" +", " ");
    }

    @Test
    void thePageHoldsWhatIsPrintedAsJsonAndWhatTrafficAndCompareSay() {
        assertEquals(JsonParser.parseString(run.out()), pageData());
        assertEquals(json("traffic", "-n", "hardnet39ds", "--size", "64x96", MACHINE, "--all", "--json"),
                pageData().get("traffic"));
        assertEquals(json("compare", "--json"), pageData().get("comparison"));
    }

    @Test
    void itsTablesAreThoseOfTraffic() {
        List<String> lines = CommandLineRun.of(words("traffic", NETWORK, MACHINE, "--all")).out().lines()
                .map(ReportCommandTest::singleSpaced).toList();
        assertEquals(lines.subList(4, 8), rows("#executions-table"));
        assertEquals(lines.subList(11, 11 + 208), rows("#layers-table"));
    }

    @Test
    void everyStepIsMeasured() {
        JsonObject plan = json("plan", NETWORK, "--device", "cpu", "--json");
        assertEquals(plan.getAsJsonArray("steps").size(), pageData().getAsJsonArray("steps").size());
        for (JsonElement step : pageData().getAsJsonArray("steps")) {
            assertTrue(step.getAsJsonObject().get("millis").getAsDouble() > 0, step.toString());
        }
        JsonObject latency = pageData().getAsJsonObject("latency");
        assertTrue(latency.get("runs").getAsInt() >= 3, latency.toString());
        assertEquals(1, latency.get("threads").getAsInt());
        assertEquals("synthetic:1", latency.get("weights").getAsString());
    }

    @Test
    void everySectionIsThereAndEveryChartIsDrawn() {
        assertEquals("hardnet39ds", browser.element("h1").getText());
        assertEquals("hardnet39ds: HarDNet report", browser.evaluate("document.title"));
        assertEquals(List.of("Summary", "The arena over time", "Roofline", "Measured beside predicted time", "Layers",
                "Beside the paper's networks"), browser.evaluate(
                "[...document.querySelectorAll('main h2')].map(heading => heading.textContent)"));
        assertEquals(7L, browser.<Long>evaluate("document.querySelectorAll('.chart').length"));
        assertEquals(7L, browser.<Long>evaluate("[...document.querySelectorAll('.chart')]"
                + ".filter(chart => chart.querySelectorAll('svg path').length > 10"
                + " && chart.getAttribute('aria-label').length > 20).length"));
        assertEquals(List.of(), browser.console());
    }

    @Test
    void needsNoOtherFile() throws IOException {
        assertEquals(0L, browser.<Long>evaluate("performance.getEntriesByType('resource')"
                + ".filter(each => !each.name.startsWith('data:')).length"));
        try (Stream<Path> files = Files.list(page.getParent())) {
            assertEquals(List.of(page), files.toList());
        }
    }

    @Test
    void pointingAtAMapTellsWhatItIs() {
        JsonObject step = json("plan", NETWORK, "--device", "cpu", "--json").getAsJsonArray("steps").get(3)
                .getAsJsonObject();
        long offset = step.get("offset").getAsLong();
        long bytes = step.get("bytes").getAsLong();
        List<Number> pixel = browser.evaluate("echarts.getInstanceByDom(document.getElementById('arena-chart'))"
                + ".convertToPixel({xAxisIndex: 0, yAxisIndex: 0}, [3.5, arguments[0]])", offset + bytes / 2);
        browser.pointAt("#arena-chart", pixel.get(0).doubleValue(), pixel.get(1).doubleValue());
        assertEquals(step.get("writes").getAsString(), browser.element("#arena-detail h3").getText());
        Map<String, String> detail = detail();
        assertTrue(detail.get("size").endsWith(" (%d bytes) at offset %d".formatted(bytes, offset)),
                detail.toString());
        assertEquals(step.get("name").getAsString() + ", step 3", detail.get("written by"));
        assertTrue(detail.get("lives").startsWith("from step 3 to step "), detail.toString());
    }

    private static Map<String, String> detail() {
        return browser.evaluate("Object.fromEntries([...document.querySelectorAll('#arena-detail dt')]"
                + ".map(name => [name.textContent, name.nextElementSibling.textContent]))");
    }

    @Test
    void theArenaCanBeReadWithTheKeyboardAlone() {
        browser.press(Keys.TAB);
        assertEquals("Skip to the summary", browser.focused().getText());
        browser.evaluate("document.getElementById('arena-keys').focus()");
        browser.press(Keys.HOME);
        assertEquals("given by the caller", detail().get("written by"));
        browser.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT);
        JsonObject second = pageData().getAsJsonObject("arena").getAsJsonArray("maps").get(1).getAsJsonObject();
        assertEquals(second.get("map").getAsString(), browser.element("#arena-detail h3").getText());
        browser.press(Keys.END);
        assertEquals("no operator", detail().get("read by"));
        browser.evaluate("document.querySelector('#arena details').open = true");
        browser.evaluate("document.querySelectorAll('#arena-table tbody tr')[4].focus()");
        browser.press(Keys.ARROW_DOWN);
        JsonObject sixth = pageData().getAsJsonObject("arena").getAsJsonArray("maps").get(5).getAsJsonObject();
        assertEquals(sixth.get("map").getAsString(), browser.element("#arena-detail h3").getText());
    }

    @Test
    void theArenaCanBeZoomedWithButtons() {
        String zoom = "(({start, end}) => [start, end])(echarts.getInstanceByDom(document.getElementById("
                + "'arena-chart')).getOption().dataZoom[0]).join(' ')";
        browser.element("#arena-controls button:nth-of-type(1)").sendKeys(Keys.ENTER);
        assertEquals("25 75", browser.evaluate(zoom));
        browser.element("#arena-controls button:nth-of-type(4)").sendKeys(Keys.ENTER);
        assertEquals("50 100", browser.evaluate(zoom));
        browser.element("#arena-controls button:nth-of-type(5)").sendKeys(Keys.ENTER);
        assertEquals("0 100", browser.evaluate(zoom));
    }

    @Test
    void tablesCanBeSortedAndSearched() {
        browser.evaluate("document.querySelector('#layers-table thead th:nth-child(4) button').click()");
        assertEquals("descending", browser.element("#layers-table thead th:nth-child(4)").getDomAttribute("aria-sort"));
        List<Long> macs = new ArrayList<>();
        pageData().getAsJsonObject("traffic").getAsJsonArray("layers")
                .forEach(layer -> macs.add(layer.getAsJsonObject().get("macs").getAsLong()));
        double most = macs.stream().mapToLong(Long::longValue).max().orElseThrow() / 1e6;
        assertEquals(String.format(Locale.ROOT, "%.1f M", most),
                browser.element("#layers-table tbody tr:first-child td:nth-child(4)").getText());
        browser.element("#layers-table input").sendKeys("base.0");
        assertEquals(3, rows("#layers-table").size());
    }

    @Test
    void followsTheColoursOfTheBrowser() {
        String text = "getComputedStyle(document.querySelector('h1')).color";
        String label = "document.querySelector('#roofline-chart svg text').getAttribute('fill')";
        assertEquals("rgb(27, 33, 48)", browser.evaluate(text));
        assertEquals("#586174", browser.evaluate(label));
        browser.media("dark", "screen");
        assertEquals("rgb(232, 235, 241)", browser.evaluate(text));
        assertEquals("#a0a9ba", browser.evaluate(label));
        assertEquals(List.of(), browser.console());
    }

    @Test
    void printsDarkOnWhiteEvenInDarkMode() {
        browser.media("dark", "print");
        assertEquals("rgb(255, 255, 255)", browser.evaluate("getComputedStyle(document.body).backgroundColor"));
        assertEquals("#586174", browser.evaluate(
                "document.querySelector('#roofline-chart svg text').getAttribute('fill')"));
        assertEquals("none", browser.evaluate("getComputedStyle(document.querySelector('nav')).display"));
        byte[] pdf = Base64.getDecoder().decode(browser.print());
        assertEquals("%PDF-", new String(pdf, 0, 5, StandardCharsets.US_ASCII));
        assertEquals(List.of(), browser.console());
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 768})
    void nothingIsWiderThanThePage(int width) {
        browser.open(page, width, 800);
        assertEquals(browser.<Long>evaluate("document.documentElement.clientWidth"),
                browser.<Long>evaluate("document.documentElement.scrollWidth"));
        assertEquals(List.of(), browser.evaluate("[...document.querySelectorAll('main svg')].map("
                + "svg => svg.getBoundingClientRect()).filter(box => box.right > innerWidth || box.width < 200)"));
    }

    @Test
    void chartsFollowTheWindow() {
        browser.resize(390, 800);
        assertEquals(browser.<Long>evaluate("document.getElementById('moc-chart').clientWidth").toString(),
                browser.element("#moc-chart svg").getDomAttribute("width"));
    }

    @Test
    void aFolderThatCannotBeWrittenIsOneSentence() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        CommandLineRun failed = CommandLineRun.of(words("report", NETWORK, MACHINE, "-o", file));
        assertEquals(1, failed.exitCode());
        assertEquals("", failed.out());
        assertTrue(failed.err().startsWith("hardnet: Nothing can be written to the folder " + file + " ("),
                failed.err());
        assertEquals(1, failed.err().lines().count());
    }

    @Test
    void withoutANetworkThereIsNoFolderEither() {
        Path none = folder.resolve("none");
        CommandLineRun failed = CommandLineRun.of("report", "-n", "hardnet7", "-o", none);
        assertEquals(1, failed.exitCode());
        assertTrue(failed.err().startsWith("hardnet: There is no network named 'hardnet7'"), failed.err());
        assertFalse(Files.exists(none));
    }
}
