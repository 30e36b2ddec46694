package org.cloudcrowd.itests.cluster.page;

import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium, at the page of a server; what it complains of is kept. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final Set<String> SERIOUS = Set.of("serious", "critical");
  private static final int PATIENCE_SECONDS = 30;

  private final ChromeDriver driver;
  private final List<String> complaints = new ArrayList<>();
  private URI server;

  Browser(URI server) throws IOException {
    for (Path program : List.of(CHROMIUM, DRIVER)) {
      if (!Files.exists(program)) {
        throw new IOException(
            program + " is missing: install it by apt-get install chromium chromium-driver");
      }
    }
    this.server = server;
    Files.createDirectories(SCREENSHOTS);
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    var options =
        new ChromeOptions()
            .setBinary(CHROMIUM.toFile())
            .addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--window-size=1280,900");
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
  }

  /** Goes to another server from now on. */
  void changeServer(URI other) {
    server = other;
  }

  /** Opens a place of the page anew. */
  void open(String place) {
    driver.get("about:blank");
    driver.get(server + "#/" + place);
  }

  /** Opens what a link leads to. */
  void follow(String link) {
    driver.get(link);
  }

  /** Goes to a place of the page, as a link would. */
  void go(String place) {
    driver.executeScript("location.hash = arguments[0]", "#/" + place);
  }

  /** Waits until the page shows a text. */
  void awaitText(String text) {
    await("the text: " + text)
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .pollInterval(50, TimeUnit.MILLISECONDS)
        .until(this::text, shown -> shown.contains(text));
  }

  /** Waits until it shows it no more. */
  void awaitNoText(String text) {
    await("no text: " + text)
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .pollInterval(50, TimeUnit.MILLISECONDS)
        .until(this::text, shown -> !shown.contains(text));
  }

  /** All text that is to be seen. */
  String text() {
    return String.valueOf(driver.executeScript("return document.body.innerText"));
  }

  /** Waits for an element. */
  WebElement find(String selector) {
    return find(By.cssSelector(selector));
  }

  /** Waits for a button or link with a text. */
  WebElement button(String text) {
    return find(
        By.xpath(
            "//*[self::button or self::a][normalize-space()='"
                + text
                + "'][not(ancestor::dialog[not(@open)])]"));
  }

  private WebElement find(By by) {
    return await(by.toString())
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .pollInterval(50, TimeUnit.MILLISECONDS)
        .until(
            () -> driver.findElements(by).stream().filter(Browser::isShown).findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  private static boolean isShown(WebElement element) {
    try {
      return element.isDisplayed();
    } catch (StaleElementReferenceException e) {
      return false;
    }
  }

  /** Whether there is a button or link with a text. */
  boolean hasButton(String text) {
    return driver
        .findElements(By.xpath("//*[self::button or self::a][normalize-space()='" + text + "']"))
        .stream()
        .anyMatch(Browser::isShown);
  }

  /** Clicks a button or link with a text. */
  void click(String text) {
    await("a click on " + text)
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .pollInterval(50, TimeUnit.MILLISECONDS)
        .ignoreExceptions()
        .until(
            () -> {
              button(text).click();
              return true;
            });
  }

  /** Clicks a button within an element that is chosen by a selector of CSS. */
  void click(String selector, String text) {
    await("a click on " + text + " of " + selector)
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .pollInterval(50, TimeUnit.MILLISECONDS)
        .ignoreExceptions()
        .until(
            () -> {
              find(selector)
                  .findElement(By.xpath(".//button[normalize-space()='" + text + "']"))
                  .click();
              return true;
            });
  }

  /** The field with a label. */
  WebElement field(String label) {
    return find(
        By.xpath(
            "//label[starts-with(normalize-space(), '"
                + label
                + "')]//*[self::input or self::select or self::textarea]"));
  }

  Object script(String text, Object... arguments) {
    return driver.executeScript(text, arguments);
  }

  /** A command of the protocol of Chromium's tools. */
  void tools(String command, Map<String, Object> parameters) {
    var unused = driver.executeCdpCommand(command, parameters);
  }

  /** Chooses one of the page's themes. */
  void theme(String name) {
    find(".theme select").sendKeys(name);
  }

  void resize(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  /** Keeps a picture of the page as output of the build. */
  void screenshot(String name) throws IOException {
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /**
   * What axe-core finds on the page now that is serious or critical; all that it finds is kept as
   * output of the build.
   */
  List<String> barriers() throws IOException {
    var found = new AxeBuilder().analyze(driver);
    Files.writeString(
        SCREENSHOTS.resolve("axe-report.txt"),
        found.getUrl()
            + ": "
            + found.getPasses().size()
            + " rules passed, "
            + found.getViolations().size()
            + " did not "
            + found.getViolations().stream()
                .map(rule -> rule.getImpact() + " " + told(rule))
                .toList()
            + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return found.getViolations().stream()
        .filter(rule -> SERIOUS.contains(rule.getImpact()))
        .map(Browser::told)
        .toList();
  }

  private static String told(Rule rule) {
    return rule.getId()
        + ": "
        + rule.getHelp()
        + " "
        + rule.getNodes().stream().limit(3).map(node -> node.getHtml()).toList();
  }

  /** What the console has of errors and warnings since the start, violations of the policy too. */
  List<String> complaints() {
    driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .forEach(complaints::add);
    return complaints;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
