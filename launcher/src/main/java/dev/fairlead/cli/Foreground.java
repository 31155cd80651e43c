package dev.fairlead.cli;

import dev.fairlead.host.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Runs another program in our place: it has our terminal, and its exit code becomes ours. */
final class Foreground {
  private Foreground() {}

  static int run(List<String> command) {
    return run(command, Map.of());
  }

  static int run(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environment);
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new Failure(
          127, "cannot run %s: %s".formatted(command.getFirst(), String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 130;
    }
  }
}
