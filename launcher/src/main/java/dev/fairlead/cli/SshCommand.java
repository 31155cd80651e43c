package dev.fairlead.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ssh",
    description = "Open a shell, or run one command, in a node's or a pod's namespaces.",
    footer = {"", "fairlead ssh node-1 -- curl -s http://10.115.240.1:443/"})
final class SshCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NODE|POD", description = "A node, or a pod.")
  private String where = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "CMD", description = "What to run.")
  private List<String> command = new ArrayList<>();

  @Option(
      names = {"-n", "--namespace"},
      defaultValue = "default",
      description = "The pod's namespace (default: ${DEFAULT-VALUE}).")
  private String namespace = "default";

  @Override
  public Integer call() {
    ObjectNode answer = new RunningCluster(Home.state()).ask("enter " + namespace + " " + where);
    List<String> line = new ArrayList<>();
    answer.path("command").forEach(word -> line.add(word.asText()));
    line.addAll(command.isEmpty() ? List.of("/bin/bash") : command);
    return Foreground.run(line);
  }
}
