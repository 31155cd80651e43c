package dev.fairlead.cli;

import dev.fairlead.host.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Print what the cluster's process logged.")
final class LogsCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "COMPONENT",
      description = "Only this one, for example proxy, dns, kubelet, controllers.")
  private @Nullable String component;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what comes.")
  private boolean follow;

  @Override
  public Integer call() throws IOException {
    Path log = Home.state().log();
    if (!Files.exists(log)) {
      throw new Failure("nothing was logged yet; start a cluster with: fairlead up");
    }
    if (follow) {
      return Foreground.run(followed(log));
    }
    try (Stream<String> lines = Files.lines(log)) {
      lines
          .filter(line -> component == null || line.contains(marker(component)))
          .forEach(System.out::println);
    }
    return 0;
  }

  private List<String> followed(Path log) {
    if (component == null) {
      return List.of("tail", "-n", "+1", "-F", log.toString());
    }
    List<String> command = new ArrayList<>(List.of("sh", "-c"));
    command.add("tail -n +1 -F \"$1\" | grep --line-buffered -F -e \"$2\"");
    command.addAll(List.of("logs", log.toString(), marker(component)));
    return command;
  }

  /** Log lines carry the room in square brackets. */
  private static String marker(String component) {
    return "dev.fairlead." + component + ".";
  }
}
