package dev.fairlead.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.cluster.ClusterSettings;
import dev.fairlead.host.DaemonProcess;
import dev.fairlead.host.DebianPackages;
import dev.fairlead.host.Failure;
import dev.fairlead.host.KubeconfigFile;
import dev.fairlead.host.ListeningPort;
import dev.fairlead.host.StateDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "up", description = "Start a local cluster and wait until it is ready.")
final class UpCommand implements Callable<Integer> {
  private static final long PAUSE_NANOS = 100_000_000;

  @Mixin private ClusterOptions options = new ClusterOptions();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Write the context to this file, not to kubectl's usual one.")
  private @Nullable Path kubeconfig;

  @Override
  public Integer call() throws IOException {
    StateDirectory state = Home.state();
    DaemonProcess process = new DaemonProcess(state, Home.dist());
    Optional<ObjectNode> running =
        new Joining(
                process::isRunning,
                new RunningCluster(state)::status,
                () -> LockSupport.parkNanos(PAUSE_NANOS),
                System.out::println)
            .await();
    if (running.isPresent()) {
      System.out.println(
          "The cluster is running (pid: %d).".formatted(running.get().path("pid").asLong()));
      publish(state);
      return 0;
    }
    ClusterSettings settings = options.settings();
    check();
    System.out.println(
        "Starting a cluster of %d node%s"
            .formatted(settings.nodes(), settings.nodes() == 1 ? "" : "s"));
    process.start(options.words(), System.out);
    KubeconfigFile file = publish(state);
    System.out.println(welcome(file, settings));
    return 0;
  }

  private static void check() {
    if (!System.getProperty("user.name").equals("root")) {
      throw new Failure("up makes network namespaces and so needs root; try: sudo ./fairlead up");
    }
    new DebianPackages(System.out).ensure();
    ListeningPort.requireFree(
        InetAddress.getLoopbackAddress(), ClusterSettings.Addresses.DEFAULT.apiPort());
  }

  /** Copies the access that the cluster wrote to where kubectl looks, and remembers where. */
  private KubeconfigFile publish(StateDirectory state) throws IOException {
    KubeconfigFile file =
        kubeconfig == null
            ? KubeconfigFile.usual(System.getenv(), Home.user())
            : new KubeconfigFile(kubeconfig.toAbsolutePath());
    file.merge(new KubeconfigFile(state.kubeconfig()).access());
    Files.writeString(state.publishedKubeconfig(), file.path().toString());
    return file;
  }

  private String welcome(KubeconfigFile file, ClusterSettings settings) {
    String selected = kubeconfig == null ? "" : "  export KUBECONFIG=%s%n".formatted(file.path());
    return """
    Ready. kubectl's context is "%s" (%s). Try:
    %s\
      kubectl create deployment alpaca-prod --image=gcr.io/kuar-demo/kuard-amd64:blue --port=8080
      kubectl expose deployment alpaca-prod
      kubectl get services,endpoints,pods -o wide
      ./fairlead ssh node-1 -- dig +short alpaca-prod.default.svc.%s @%s
      ./fairlead down\
    """
        .formatted(
            KubeconfigFile.NAME,
            file.path(),
            selected,
            settings.addresses().clusterDomain(),
            settings.addresses().dnsService());
  }
}
