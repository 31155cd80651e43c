package dev.fairlead.kubelet.runtime;

import java.nio.file.Files;
import java.nio.file.Path;

/** Checks that a command can be started, so that the refusal can be a sentence. */
final class Programs {
  private Programs() {}

  static void check(ContainerSpec container) throws ContainerStartException {
    if (container.command().isEmpty()) {
      throw new ContainerStartException(
          "the image has no command of its own: spec.containers[].command is required");
    }
    Path directory = Path.of(container.workingDir());
    if (!Files.isDirectory(directory)) {
      throw new ContainerStartException(
          "working directory \"%s\" does not exist".formatted(directory));
    }
    String program = container.command().getFirst();
    if (program.contains("/")) {
      if (!Files.isExecutable(directory.resolve(program))) {
        throw new ContainerStartException(
            "exec: \"%s\": no such file, or not executable".formatted(program));
      }
    } else if (!onPath(program, container.env().getOrDefault("PATH", ""))) {
      throw new ContainerStartException(
          "exec: \"%s\": executable file not found in $PATH".formatted(program));
    }
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
