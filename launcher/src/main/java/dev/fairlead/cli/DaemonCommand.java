package dev.fairlead.cli;

import dev.fairlead.cluster.ClusterSettings;
import dev.fairlead.cluster.ClusterSettings.RuntimeKind;
import dev.fairlead.cluster.Daemon;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The cluster's process, started by {@code up}. */
@Command(name = "daemon", hidden = true)
final class DaemonCommand implements Callable<Integer> {
  @Option(names = "--nodes", required = true)
  private int nodes;

  @Option(names = "--store", required = true)
  private String store = "";

  @Option(names = "--runtime", required = true)
  private RuntimeKind runtime = RuntimeKind.PROCESS;

  @Override
  public Integer call() throws InterruptedException {
    ClusterSettings settings =
        new ClusterSettings(
            nodes, StoreNames.parse(store), runtime, ClusterSettings.Addresses.DEFAULT);
    return new Daemon(Home.state(), Home.dist(), settings, System.out).run();
  }
}
