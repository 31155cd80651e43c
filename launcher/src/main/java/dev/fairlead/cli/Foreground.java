package dev.fairlead.cli;

import dev.fairlead.host.Failure;
import dev.fairlead.linux.LinkException;
import dev.fairlead.linux.Processes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Becomes another program: it has our terminal, and its exit code is ours. */
final class Foreground {
  private static final int NOT_FOUND = 127;

  private Foreground() {}

  static int run(List<String> command) {
    return run(command, Map.of());
  }

  /** Does not return unless the program cannot be started. */
  static int run(List<String> command, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(more);
    try {
      throw Processes.replace(command, environment);
    } catch (LinkException e) {
      throw new Failure(
          NOT_FOUND, "cannot run %s: %s".formatted(command.getFirst(), e.getMessage()));
    }
  }
}
