package dev.fairlead.cli;

import dev.fairlead.host.Failure;
import dev.fairlead.host.StateDirectory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

@Command(name = "kubectl", description = "Run kubectl against this cluster.")
final class KubectlCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    StateDirectory state = Home.state();
    if (!Files.exists(state.kubeconfig())) {
      throw new Failure("no cluster was ever started here; start one with: fairlead up");
    }
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(arguments);
    return Foreground.run(command, Map.of("KUBECONFIG", state.kubeconfig().toString()));
  }
}
