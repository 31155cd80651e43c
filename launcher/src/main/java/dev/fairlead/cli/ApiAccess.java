package dev.fairlead.cli;

import dev.fairlead.client.ClientSettings;
import dev.fairlead.client.Kubeconfig;
import dev.fairlead.host.Failure;
import dev.fairlead.host.KubeconfigFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which API server a role talks to, and as whom. */
final class ApiAccess {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "How to reach the API server (default: kubectl's usual file).")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The context in it (default: the current one).")
  private String context = "";

  ClientSettings settings() {
    Path file =
        kubeconfig == null ? KubeconfigFile.usual(System.getenv(), Home.user()).path() : kubeconfig;
    try {
      return Kubeconfig.read(file, context);
    } catch (IOException e) {
      throw new Failure(
          "--kubeconfig: cannot read %s (%s)".formatted(file, e.getClass().getSimpleName()));
    } catch (IllegalArgumentException e) {
      throw new Failure("--kubeconfig: %s: %s".formatted(file, e.getMessage()));
    }
  }
}
