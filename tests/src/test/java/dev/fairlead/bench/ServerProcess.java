package dev.fairlead.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A server in a JVM of its own, which tells its address and, when asked, its {@link Figures}. */
final class ServerProcess implements AutoCloseable {
  /** The file in the server's folder with the client's certificate; a server may need none. */
  static final String CLIENT_KEYS = "client.p12";

  private final Path folder;
  private final Process process;
  private final BufferedReader told;
  private final Writer asked;
  private final String url;

  /**
   * Starts a server and waits until it serves.
   *
   * @param command with its arguments; the folder is among them where the server needs it
   */
  ServerProcess(Path folder, List<String> command) throws IOException {
    this.folder = folder;
    process =
        new ProcessBuilder(command).redirectError(folder.resolve("server.log").toFile()).start();
    told =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    asked = process.outputWriter(StandardCharsets.UTF_8);
    url = line();
  }

  String url() {
    return url;
  }

  /** A client of its own connections. */
  ApiCaller caller() {
    return new ApiCaller(url, folder.resolve(CLIENT_KEYS));
  }

  Figures figures() {
    try {
      asked.write("\n");
      asked.flush();
      return Figures.parse(line());
    } catch (IOException e) {
      throw new UncheckedIOException("the server has ended; see its log", e);
    }
  }

  private String line() throws IOException {
    String line = told.readLine();
    if (line == null) {
      throw new IOException("the server has ended; its log is " + folder.resolve("server.log"));
    }
    return line;
  }

  /** Ends the server, and waits for it. */
  @Override
  public void close() {
    try {
      asked.close();
      process.waitFor();
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
