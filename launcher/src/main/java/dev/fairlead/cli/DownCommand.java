package dev.fairlead.cli;

import dev.fairlead.cluster.Remains;
import dev.fairlead.host.DaemonProcess;
import dev.fairlead.host.KubeconfigFile;
import dev.fairlead.host.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "down", description = "Stop the cluster and leave nothing running behind.")
final class DownCommand implements Callable<Integer> {
  @Option(names = "--delete", description = "Also remove all objects and the kubeconfig context.")
  private boolean delete;

  @Override
  public Integer call() throws IOException, InterruptedException {
    StateDirectory state = Home.state();
    boolean ran = new DaemonProcess(state, Home.dist()).stop();
    boolean cleaned = new Remains(state).clear();
    if (delete) {
      takeOutKubeconfig(state);
      state.delete();
    }
    System.out.println(report(ran, cleaned));
    return 0;
  }

  private String report(boolean ran, boolean cleaned) {
    String what =
        ran
            ? "The cluster is down"
            : cleaned ? "What a crash left is cleaned up" : "No cluster was running";
    return what + (delete ? "; its objects are deleted." : ".");
  }

  private static void takeOutKubeconfig(StateDirectory state) throws IOException {
    Path record = state.publishedKubeconfig();
    if (Files.exists(record)) {
      new KubeconfigFile(Path.of(Files.readString(record).strip())).takeOut();
    }
  }
}
