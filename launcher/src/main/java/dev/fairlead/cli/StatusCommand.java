package dev.fairlead.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "status",
    description = "Show the cluster's state, addresses and processes; exit 0 only when ready.")
final class StatusCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    Optional<ObjectNode> found = new RunningCluster(Home.state()).status();
    if (found.isEmpty()) {
      System.out.println("state: down");
      return 1;
    }
    ObjectNode status = found.get();
    System.out.println("state: " + status.path("state").asText());
    System.out.println("pid: " + status.path("pid").asLong());
    System.out.println("api server: " + status.path("apiServer").asText());
    System.out.println("dns: " + status.path("dns").asText());
    status.path("nodes").forEach(node -> System.out.println("node: " + node.asText()));
    status.path("waitingFor").forEach(part -> System.out.println("waiting for: " + part.asText()));
    status.path("processes").forEach(process -> System.out.println("pid: " + process.asText()));
    return status.path("state").asText().equals("ready") ? 0 : 1;
  }
}
