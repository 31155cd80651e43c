package dev.fairlead.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs kuard for a moment on loopback, so that the JVM makes its ahead-of-time cache. */
public final class KuardTraining {
  private static final int SECONDS_MAX = 60;

  private KuardTraining() {}

  /**
   * Makes {@code kuard.aot}.
   *
   * @param arguments the folder of the built program
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path dist = Path.of(arguments[0]);
    Process kuard =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:AOTCacheOutput=" + dist.resolve("kuard.aot"),
                "-Xlog:disable",
                "-cp",
                dist.resolve("lib/fairlead-kuard.jar").toString(),
                "dev.fairlead.kuard.Kuard",
                "--address=127.0.0.1",
                "--port=0")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(kuard.getInputStream(), StandardCharsets.UTF_8))) {
      visit(port(lines));
      kuard.toHandle().destroy(); // unlike Process.destroy, leaves its output to be read
      lines.lines().forEach(line -> {});
      if (!kuard.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new IOException("kuard does not end");
      }
    } finally {
      kuard.destroyForcibly();
    }
  }

  private static int port(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains("Serving on ")) {
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).strip());
      }
    }
    throw new IOException("kuard does not serve");
  }

  private static void visit(int port) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/", "/healthy", "/ready", "/ready/api", "/env/api")) {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        HttpRequest request =
            HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(SECONDS_MAX)).build();
        client.send(request, HttpResponse.BodyHandlers.discarding());
      }
    }
  }
}
