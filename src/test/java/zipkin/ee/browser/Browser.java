package zipkin.ee.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.Programs;

/**
 * Headless Chromium with an empty profile, a window of 1400 by 900 and nothing to say to anyone but
 * the server.
 */
final class Browser implements AutoCloseable {
    private static final String HOW_TO_GET = "apt-get install chromium chromium-driver";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final ChromeDriver driver;
    private final BrowserProblems problems = new BrowserProblems();

    Browser() {
        Path chromium = Programs.onPath("chromium", HOW_TO_GET);
        Path chromedriver = Programs.onPath("chromedriver", HOW_TO_GET);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .usingAnyFreePort()
                .build();
        this.driver = new ChromeDriver(service, options(chromium));
    }

    private static ChromeOptions options(Path chromium) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                // the dependency graph is drawn by WebGL, here without a GPU
                "--enable-unsafe-swiftshader",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-quic",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--no-proxy-server",
                "--lang=en",
                "--window-size=1400,900",
                "--user-data-dir=" + emptyProfile());
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }

    private static Path emptyProfile() {
        try {
            return Files.createTempDirectory(
                            Files.createDirectories(Path.of("target", "browser").toAbsolutePath()), "profile-")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the address as if it were typed in, so that the page is loaded again. */
    void open(String address) {
        driver.get(address);
    }

    String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    /**
     * The page's text as a reader sees it, once it satisfies {@code condition}; fails after 30 s.
     */
    String awaitText(String what, Predicate<String> condition) {
        return Await.value(what + " at " + address(), LIMIT, this::text, condition);
    }

    String text() {
        return String.valueOf(((JavascriptExecutor) driver).executeScript("return document.body.innerText"));
    }

    /** Clicks the first element, once there is one that can be clicked. */
    void click(By element) {
        wait(element).click();
    }

    /** Clicks the element whose own text is {@code text}. */
    void clickText(String text) {
        click(By.xpath("//*[text()='" + text + "']"));
    }

    void clickButton(String label) {
        click(By.xpath("//button[normalize-space(.)='" + label + "']"));
    }

    List<String> texts(By elements) {
        return driver.findElements(elements).stream().map(WebElement::getText).toList();
    }

    /** The window once nothing moves in it any more: two pictures in a row are the same. */
    Picture stillPicture() {
        return Await.value("a still page at " + address(), LIMIT, this::picture, likeThePictureBefore());
    }

    /**
     * The window once nothing moves in it, or after 5 s: what goes to and fro on a busy graph never
     * rests.
     */
    Picture settledPicture() {
        return Await.orLast(SETTLING, this::picture, likeThePictureBefore());
    }

    private static Predicate<Picture> likeThePictureBefore() {
        AtomicReference<@Nullable Picture> before = new AtomicReference<>();
        return picture -> picture.equals(before.getAndSet(picture));
    }

    Picture picture() {
        return new Picture(driver.getScreenshotAs(OutputType.BYTES));
    }

    /**
     * What went wrong in pages so far: severe console messages, requests that failed or answered
     * 400 and more.
     */
    List<String> problems() {
        driver.manage().logs().get(LogType.BROWSER).forEach(problems::console);
        driver.manage().logs().get(LogType.PERFORMANCE).forEach(problems::network);
        return problems.all();
    }

    private WebElement wait(By element) {
        return new WebDriverWait(driver, LIMIT).until(ExpectedConditions.elementToBeClickable(element));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
