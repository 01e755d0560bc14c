package io.tokenform.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real Chromium without a window, and all that it said on its console and asked for. It and its
 * driver have to be installed; nothing is downloaded.
 */
public final class Browser implements AutoCloseable {
  /** Where there are several, a driver is more likely to be made for the first. */
  private static final List<String> BROWSERS =
      List.of("google-chrome", "google-chrome-stable", "chromium", "chromium-browser");

  private static final List<String> DRIVERS = List.of("chromedriver", "chromium.chromedriver");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts it. On a machine that has none, a test fails in a CI, where nobody would see that it was
   * left out, and is left out elsewhere.
   */
  public static Browser start() {
    Optional<Path> browser = installed(BROWSERS);
    Optional<Path> program = installed(DRIVERS);
    if (browser.isEmpty() || program.isEmpty()) {
      String missing = "Chromium and its driver are not installed: apt-get install chromium-driver";
      if (System.getenv("CI") != null) {
        fail(missing);
      }
      abort(missing);
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.get().toString());
    options.addArguments(
        "--headless=new",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1280,1000",
        "--hide-scrollbars");
    if (System.getProperty("user.name").equals("root")) {
      // Chromium's own sandbox does not work for root, as whom containers run.
      options.addArguments("--no-sandbox");
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    // With a driver that is named, Selenium looks for none on the network.
    System.setProperty("webdriver.chrome.driver", program.get().toString());
    return new Browser(new ChromeDriver(options));
  }

  private static Optional<Path> installed(List<String> names) {
    String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    return names.stream()
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens a file, with a fragment such as {@code #a=b} or nothing behind its name. */
  public void open(Path file, String fragment) {
    // Another fragment alone would not load the page again.
    driver.get("about:blank");
    driver.get(file.toUri() + fragment);
  }

  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** The texts of elements, as they are in the document. */
  public List<String> texts(String selector) {
    return strings(
        "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent.trim())",
        selector);
  }

  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  public List<String> strings(String script, Object... arguments) {
    return ((List<?>) run(script, arguments)).stream().map(String::valueOf).toList();
  }

  public long number(String script, Object... arguments) {
    return ((Number) run(script, arguments)).longValue();
  }

  /** The element that has the keyboard. */
  public WebElement active() {
    return driver.switchTo().activeElement();
  }

  public String address() {
    return driver.getCurrentUrl();
  }

  /** Calls a command of the DevTools protocol. */
  public Map<String, Object> devtools(String command, Map<String, Object> parameters) {
    return driver.executeCdpCommand(command, parameters);
  }

  /** The page as it would be printed. */
  public byte[] pdf() {
    Map<String, Object> answer = devtools("Page.printToPDF", Map.of("preferCSSPageSize", true));
    return Base64.getDecoder().decode((String) answer.get("data"));
  }

  /** What was said on the console since the last time. */
  public List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  /** The addresses that were asked for since the last time. */
  public List<String> requests() {
    ObjectMapper mapper = new ObjectMapper();
    List<String> addresses = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      try {
        JsonNode message = mapper.readTree(entry.getMessage()).path("message");
        if (message.path("method").asText().equals("Network.requestWillBeSent")) {
          addresses.add(message.at("/params/request/url").asText());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return addresses;
  }

  /** The most memory, in bytes, that a process of it which shows pages has; 0 where none tells. */
  public long memory() {
    return ProcessHandle.current()
        .descendants()
        .map(ProcessHandle::pid)
        .mapToLong(Browser::memory)
        .max()
        .orElse(0);
  }

  private static long memory(long process) {
    Path folder = Path.of("/proc", Long.toString(process));
    try {
      if (!Files.readString(folder.resolve("cmdline")).contains("--type=renderer")) {
        return 0;
      }
      return Files.readAllLines(folder.resolve("status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      // It has ended, or this is no Linux.
      return 0;
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
