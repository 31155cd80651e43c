package dev.fairlead.kubelet.runtime;

import java.nio.file.Files;
import java.nio.file.Path;

/** Checks that a command can be started, so that the refusal can be a sentence. */
final class Programs {
  private Programs() {}

  /** What stands in the way, seen from the calling thread; empty when nothing does. */
  static String obstacle(ContainerSpec container) {
    if (container.command().isEmpty()) {
      return "the image has no command of its own: spec.containers[].command is required";
    }
    Path directory = Path.of(container.workingDir());
    if (!Files.isDirectory(directory)) {
      return "working directory \"%s\" does not exist".formatted(directory);
    }
    String program = container.command().getFirst();
    if (program.contains("/")) {
      return Files.isExecutable(directory.resolve(program))
          ? ""
          : "exec: \"%s\": no such file, or not executable".formatted(program);
    }
    return onPath(program, container.env().getOrDefault("PATH", ""))
        ? ""
        : "exec: \"%s\": executable file not found in $PATH".formatted(program);
  }

  private static boolean onPath(String program, String path) {
    for (String directory : path.split(":", -1)) {
      Path candidate = Path.of(directory.isEmpty() ? "." : directory).resolve(program);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return true;
      }
    }
    return false;
  }
}
