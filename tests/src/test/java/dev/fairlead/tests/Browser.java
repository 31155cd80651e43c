package dev.fairlead.tests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.RemoteWebDriver;

/** A headless Chromium inside an outer namespace. */
final class Browser implements AutoCloseable {
  private static final int DRIVER_PORT = 9515;
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final Process chromedriver;
  private final Doorway doorway;
  private final RemoteWebDriver driver;

  private Browser(Process chromedriver, Doorway doorway, RemoteWebDriver driver) {
    this.chromedriver = chromedriver;
    this.doorway = doorway;
    this.driver = driver;
  }

  static Browser start(Outer outer) throws IOException {
    Process chromedriver = outer.start("chromedriver", "--port=" + DRIVER_PORT, "--silent");
    Doorway doorway = Doorway.open(outer, DRIVER_PORT);
    URI address = URI.create("http://127.0.0.1:" + doorway.port());
    RemoteWebDriver driver =
        await()
            .atMost(Duration.ofSeconds(90))
            .ignoreExceptionsMatching(
                e -> e instanceof WebDriverException && !(e instanceof SessionNotCreatedException))
            .until(() -> new RemoteWebDriver(address.toURL(), options()), any -> true);
    return new Browser(chromedriver, doorway, driver);
  }

  private static ChromeOptions options() {
    return new ChromeOptions()
        .addArguments(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1100,800");
  }

  RemoteWebDriver driver() {
    return driver;
  }

  /** Keeps what a person would see, as {@code target/screenshots/<name>.png}. */
  void screenshot(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() throws IOException {
    try {
      driver.quit();
    } finally {
      chromedriver.destroy();
      doorway.close();
    }
  }
}
