package dev.fairlead.cluster;

import dev.fairlead.api.KubeApi;
import dev.fairlead.apiserver.certs.Issued;
import dev.fairlead.client.ApiEventRecorder;
import dev.fairlead.cluster.ClusterSettings.Addresses;
import dev.fairlead.host.StateDirectory;
import dev.fairlead.http.Tls;
import dev.fairlead.kubelet.Kubelet;
import dev.fairlead.kubelet.KubeletSettings;
import dev.fairlead.kubelet.network.NodeNetwork;
import dev.fairlead.kubelet.network.RoutedNodeNetwork;
import dev.fairlead.kubelet.network.SimulatedNodeNetwork;
import dev.fairlead.kubelet.runtime.Catalogue;
import dev.fairlead.kubelet.runtime.ContainerRuntime;
import dev.fairlead.kubelet.runtime.ProcessRuntime;
import dev.fairlead.kubelet.runtime.SimulatedRuntime;
import dev.fairlead.linux.NetworkNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Makes the kubelet of each node, as the user that a node is. */
final class Kubelets {
  private final ClusterSettings settings;
  private final ControlPlane plane;
  private final StateDirectory state;
  private final Path dist;
  private final CloseStack parts;

  /**
   * Kubelets of one cluster.
   *
   * @param dist the folder of the built program, with kuard in it
   * @param parts closes what a kubelet needs
   */
  Kubelets(
      ClusterSettings settings,
      ControlPlane plane,
      StateDirectory state,
      Path dist,
      CloseStack parts) {
    this.parts = parts;
    this.settings = settings;
    this.plane = plane;
    this.state = state;
    this.dist = dist;
  }

  /** The kubelet of node {@code index}; not started. */
  Kubelet create(int index, NetworkNamespace namespace) {
    String node = ClusterSettings.nodeName(index);
    KubeApi api = plane.apiAs("system:node:" + node, "system:nodes");
    Clock clock = Clock.systemUTC();
    ApiEventRecorder events = parts.add(ApiEventRecorder.start(api, node, clock));
    return new Kubelet(
        api, settings(index), network(namespace), runtime(), events.as("kubelet"), clock);
  }

  private KubeletSettings settings(int index) {
    Addresses addresses = settings.addresses();
    String name = ClusterSettings.nodeName(index);
    Issued serving =
        plane
            .authority()
            .issueServer("system:node:" + name, List.of(name), List.of(addresses.node(index)));
    Tls tls = new Tls(serving.key(), List.of(serving.certificate()), List.of(serving.authority()));
    return KubeletSettings.of(name, addresses.node(index), "zone-" + index, state.root())
        .withDns(addresses.clusterDomain(), addresses.dnsService())
        .withServer(addresses.kubeletPort(), tls);
  }

  private NodeNetwork network(NetworkNamespace namespace) {
    return switch (settings.runtime()) {
      case PROCESS -> new RoutedNodeNetwork(namespace);
      case SIMULATED -> new SimulatedNodeNetwork(namespace);
    };
  }

  private ContainerRuntime runtime() {
    return switch (settings.runtime()) {
      case PROCESS ->
          new ProcessRuntime(Catalogue.builder().kuard(this::kuard).build(), state.root());
      case SIMULATED -> new SimulatedRuntime();
    };
  }

  /** The command line of kuard: a small JVM of its own. */
  private List<String> kuard(String version) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new ArrayList<>(
            List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m", "-Xss256k"));
    Path cache = dist.resolve("kuard.aot");
    if (Files.exists(cache)) {
      command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:disable"));
    }
    command.addAll(List.of("-cp", dist.resolve("lib/fairlead-kuard.jar").toString()));
    command.addAll(List.of("dev.fairlead.kuard.Kuard", "--version=" + version));
    return command;
  }
}
