package dev.fairlead.cli;

import dev.fairlead.cluster.Daemon;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The cluster's process, started by {@code up}. */
@Command(name = "daemon", hidden = true)
final class DaemonCommand implements Callable<Integer> {
  @Mixin private ClusterOptions options = new ClusterOptions();

  @Override
  public Integer call() throws InterruptedException {
    return new Daemon(Home.state(), Home.dist(), options.settings(), System.out).run();
  }
}
