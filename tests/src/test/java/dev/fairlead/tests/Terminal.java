package dev.fairlead.tests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A shell in the outer namespace that is typed into: one command at a time. */
final class Terminal implements AutoCloseable {
  private static final Duration COMMAND_TIME_MAX = Duration.ofMinutes(3);
  private static final Pattern END = Pattern.compile("\\n\u0001(\\d+)\\n$");

  private final Process shell;
  private final StringBuffer output = new StringBuffer();

  /** A shell in this folder. */
  Terminal(Outer outer, String folder) throws IOException {
    shell = outer.start("bash", "--norc", "-c", "cd '" + folder + "' && exec bash --norc -s");
    read(shell.getInputStream());
    read(shell.getErrorStream());
  }

  /** Types a command; what was printed before is forgotten. */
  void type(String command) {
    output.setLength(0);
    String line = "{ %s\n} </dev/null 2>&1; printf '\\n\\001%%d\\n' $?\n".formatted(command);
    try {
      shell.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      shell.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the command has ended; its exit code. */
  int awaitEnd() {
    Matcher[] end = new Matcher[1];
    await("end of the command")
        .atMost(COMMAND_TIME_MAX)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          end[0] = END.matcher(output.toString());
          return end[0].find();
        });
    return Integer.parseInt(end[0].group(1));
  }

  /** Whether the command has ended. */
  boolean ended() {
    return END.matcher(output.toString()).find();
  }

  /** What the command has printed so far. */
  String printed() {
    return END.matcher(output.toString()).replaceFirst("");
  }

  /** What {@code ^C} does. */
  void interrupt() throws IOException, InterruptedException {
    for (ProcessHandle process : shell.descendants().toList()) {
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    }
    awaitEnd();
  }

  private void read(InputStream stream) {
    Thread.ofVirtual()
        .start(() -> {
          byte[] buffer = new byte[8192];
          try (stream) {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
              output.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
          } catch (IOException e) {
            output.append("\n[the terminal broke: ").append(e).append("]\n");
          }
        });
  }

  @Override
  public void close() {
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
  }
}
