package dev.fairlead.cli;

import dev.fairlead.host.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "kubeconfig", description = "Print a kubeconfig for this cluster.")
final class KubeconfigCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    Path file = Home.state().kubeconfig();
    if (!Files.exists(file)) {
      throw new Failure("no cluster was ever started here; start one with: fairlead up");
    }
    System.out.print(Files.readString(file));
    return 0;
  }
}
