package dev.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Kinds;
import dev.fairlead.client.ApiEventRecorder;
import dev.fairlead.kubelet.network.RoutedNodeNetwork;
import dev.fairlead.kubelet.runtime.Catalogue;
import dev.fairlead.kubelet.runtime.ImageConfig;
import dev.fairlead.kubelet.runtime.ProcessRuntime;
import dev.fairlead.linux.Namespaces;
import dev.fairlead.linux.NetworkNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A node named {@code node-1} whose pods are real processes; a namespace without a way out. */
final class ProcessNode implements AutoCloseable {

  final Cluster cluster = new Cluster();

  /** The kubelet's way to the API: may fail to read ConfigMaps. */
  final FailingApi api = new FailingApi(cluster.api(), Kinds.CONFIG_MAP);

  private final Path state;
  private final NetworkNamespace node;
  private final ApiEventRecorder events;
  private final Kubelet kubelet;

  ProcessNode(Path state) throws IOException {
    this.state = state;
    node = Namespaces.create("node-1");
    node.links().sysctl("net.ipv4.ip_forward", "1");
    node.links().addAddress("lo", "10.111.0.11/32");
    events = ApiEventRecorder.start(cluster.api(), "node-1", Clock.systemUTC());
    kubelet =
        new Kubelet(
            api,
            KubeletSettings.of("node-1", "10.111.0.11", "zone-1", state),
            new RoutedNodeNetwork(node),
            new ProcessRuntime(
                Catalogue.builder().image("example.com/empty:1", ImageConfig.EMPTY).build(), state),
            events,
            Clock.systemUTC());
    kubelet.start();
    cluster.podCidr("node-1", "10.112.1.0/24");
  }

  /** Makes a pod from a JSON spec with single quotes. */
  void pod(String name, String spec) {
    cluster.pod("node-1", name, spec);
  }

  /** What a command prints that runs on the node, outside of pods; both streams. */
  String onNode(String... command) throws IOException {
    return node.call(() -> {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    });
  }

  /** What a command prints that runs in a pod's network, outside of its containers. */
  String inPod(String pod, String... command) throws IOException {
    List<String> line = new ArrayList<>(List.of("nsenter", "--net", "--target"));
    line.add(Long.toString(kubelet.sandbox(Cluster.key(pod)).getAsLong()));
    line.addAll(List.of(command));
    return onNode(line.toArray(String[]::new));
  }

  /** Ends the kubelet; the node stays. */
  void stop() {
    kubelet.close();
  }

  /** The directory of a pod, as its processes see it. */
  Path seen(String pod, String path) {
    long holder = kubelet.sandbox(Cluster.key(pod)).getAsLong();
    Path own = directory(pod).resolve(path);
    return Path.of("/proc", Long.toString(holder), "root").resolve(own.toString().substring(1));
  }

  /** The directory of a pod, as the machine sees it. */
  Path directory(String pod) {
    return state.resolve("pods").resolve(cluster.get(pod).meta().uid());
  }

  /** What one run of a container has printed, in CRI format. */
  String log(String pod, String container, int run) throws IOException {
    return Files.readString(
        directory(pod).resolve("logs").resolve(container).resolve(run + ".log"));
  }

  void awaitLog(String pod, String container, int run, String... parts) {
    await()
        .ignoreException(NoSuchFileException.class)
        .untilAsserted(() -> assertThat(log(pod, container, run)).contains(parts));
  }

  void awaitEvent(String event) {
    await().untilAsserted(() -> assertThat(cluster.events()).contains(event));
  }

  @Override
  public void close() throws IOException {
    kubelet.close();
    events.close();
    cluster.close();
    node.close();
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(state.toString());
  }
}
