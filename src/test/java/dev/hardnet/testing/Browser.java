package dev.hardnet.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window and without a network, driven as a person would. */
public final class Browser implements AutoCloseable {
    /** Held here, because the level of a logger that nobody holds is lost. */
    private static final Logger DEVELOPER_TOOLS = Logger.getLogger("org.openqa.selenium.devtools");

    static {
        // It warns of every Chromium that is newer than it; nothing here uses those tools.
        DEVELOPER_TOOLS.setLevel(Level.OFF);
    }

    private final ChromeDriver driver;

    /** Starts it; both programs must be on the PATH. */
    public Browser() {
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium"));
        options.setCapability("goog:loggingPrefs", logging);
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--host-resolver-rules=MAP * ~NOTFOUND");
        driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(program("chromedriver"))
                .usingAnyFreePort().build(), options);
    }

    private static File program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not on the PATH; README.md says what tests need"))
                .toFile();
    }

    /** Shows a file in a viewport of some size, in CSS pixels. */
    public void open(Path page, int width, int height) {
        resize(width, height);
        driver.get(page.toUri().toString());
    }

    /** Gives the viewport another size, in CSS pixels. */
    public void resize(int width, int height) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        settle();
    }

    /** Sets the wanted colours, {@code light} or {@code dark}, and the medium, {@code screen} or {@code print}. */
    public void media(String colors, String medium) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", medium, "features",
                List.of(Map.of("name", "prefers-color-scheme", "value", colors))));
        settle();
    }

    /** Waits until what was asked for is drawn. */
    private void settle() {
        driver.executeAsyncScript("const done = arguments[0];"
                + "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)));");
    }

    /** Evaluates an expression of JavaScript. */
    @SuppressWarnings("unchecked")
    public <T> T evaluate(String expression, Object... arguments) {
        return (T) driver.executeScript("return " + expression, arguments);
    }

    /** Finds the only element of a selector. */
    public WebElement element(String selector) {
        List<WebElement> found = driver.findElements(By.cssSelector(selector));
        if (found.size() != 1) {
            throw new AssertionError("%d elements are %s; expected one".formatted(found.size(), selector));
        }
        return found.getFirst();
    }

    /** What has the keyboard. */
    public WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Moves the pointer over an element, to pixels right of and below its upper left corner. */
    public void pointAt(String selector, double x, double y) {
        WebElement element = element(selector);
        evaluate("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element);
        settle();
        Map<String, Number> corner = evaluate("(({x, y}) => ({x, y}))(arguments[0].getBoundingClientRect())", element);
        new Actions(driver).moveToLocation((int) Math.round(corner.get("x").doubleValue() + x),
                (int) Math.round(corner.get("y").doubleValue() + y)).perform();
        settle();
    }

    /** Presses keys wherever the keyboard is. */
    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
        settle();
    }

    /** What the console said since it was last asked. */
    public List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::toString).toList();
    }

    /** Prints to paper: a PDF in base 64. */
    public String print() {
        return driver.executeCdpCommand("Page.printToPDF", Map.of("printBackground", true)).get("data").toString();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
