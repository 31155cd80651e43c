package dev.fairlead.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.view.Node;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.controllers.loadbalancer.PoolProvider;
import dev.fairlead.controllers.loadbalancer.PoolSettings;
import dev.fairlead.discovery.LiveDiscovery;
import dev.fairlead.dns.ClusterZone;
import dev.fairlead.dns.DnsSettings;
import dev.fairlead.host.Failure;
import dev.fairlead.host.StateDirectory;
import dev.fairlead.kubelet.Kubelet;
import dev.fairlead.linux.KernelFeatures;
import dev.fairlead.linux.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A whole cluster in one process: the control plane, the network, and for each node its kubelet,
 * proxy and DNS. Every part meets the others only through the API, as the user it would be in a
 * cluster of machines.
 */
final class LocalCluster implements AutoCloseable {
  private final ClusterSettings settings;
  private final CloseStack parts = new CloseStack();
  private final List<Kubelet> kubelets = new ArrayList<>();
  private final List<NodeServices> nodes = new ArrayList<>();
  private final LocalNetwork network;
  private final ControlPlane plane;
  private final InformerFactory informers;
  private final ServiceRoutes serviceRoutes;
  private final ClusterZone zone;
  private final Readiness readiness;

  private LocalCluster(
      ClusterSettings settings, StateDirectory state, Path dist, Consumer<String> progress)
      throws IOException {
    this.settings = settings;
    try {
      progress.accept("network: a router and %d nodes".formatted(settings.nodes()));
      network = parts.add(LocalNetwork.create(settings));
      progress.accept("API server: https://127.0.0.1:" + settings.addresses().apiPort());
      PoolSettings pools = settings.pools();
      PoolProvider loadBalancers = new PoolProvider(pools, RouterAddresses.over(network, pools));
      plane = parts.add(ControlPlane.start(settings, state, loadBalancers));
      listen();
      informers = parts.add(new InformerFactory(plane.apiAs("system:kube-proxy", "system:nodes")));
      informers.informer(Kinds.NODE).addListener(new PodRoutes(network));
      serviceRoutes = serviceRoutes(pools);
      informers.informer(Kinds.SERVICE_CIDR).addListener(serviceRoutes);
      LiveDiscovery discovery =
          parts.add(
              LiveDiscovery.start(
                  informers.informer(Kinds.SERVICE), informers.informer(Kinds.ENDPOINT_SLICE)));
      zone =
          ClusterZone.follow(dnsSettings(settings.addresses()), discovery, InstantSource.system());
      progress.accept("nodes: kubelet, proxy and DNS");
      for (int index = 1; index <= settings.nodes(); index++) {
        startNode(index, discovery, state, dist);
      }
      readiness = new Readiness(informers.informer(Kinds.NODE), settings.nodes(), nodes, zone);
      progress.accept("waiting until all is ready");
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /**
   * Starts everything; readiness comes later.
   *
   * @throws Failure when this machine lacks something, naming it and the fix
   */
  static LocalCluster start(
      ClusterSettings settings, StateDirectory state, Path dist, Consumer<String> progress)
      throws IOException {
    List<String> missing = KernelFeatures.missing();
    if (!missing.isEmpty()) {
      throw new Failure(String.join("; ", missing));
    }
    return new LocalCluster(settings, state, dist, progress);
  }

  private void listen() throws IOException {
    ClusterSettings.Addresses addresses = settings.addresses();
    plane.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), addresses.apiPort()));
    InetSocketAddress forNodes =
        new InetSocketAddress(InetAddress.ofLiteral(addresses.router()), addresses.apiPort());
    network.router().call(() -> plane.listen(forNodes));
  }

  private void startNode(int index, LiveDiscovery discovery, StateDirectory state, Path dist)
      throws IOException {
    NetworkNamespace namespace = network.node(index);
    String name = ClusterSettings.nodeName(index);
    NodeServices services =
        parts.add(NodeServices.start(name, settings.addresses(), namespace, discovery, zone));
    nodes.add(services);
    serviceRoutes.follow(services.proxy()::setServiceNetworks);
    Kubelet kubelet =
        parts.add(new Kubelets(settings, plane, state, dist, parts).create(index, namespace));
    kubelets.add(kubelet);
    kubelet.start();
  }

  private ServiceRoutes serviceRoutes(PoolSettings pools) {
    ClusterSettings.Addresses addresses = settings.addresses();
    List<Cidr> taken =
        Stream.of(
                addresses.nodeNetwork(),
                addresses.podNetwork(),
                pools.externalNetwork(),
                pools.internalNetwork())
            .map(each -> Cidr.parse(each).orElseThrow())
            .toList();
    Cidr initial = Cidr.parse(addresses.serviceNetwork()).orElseThrow();
    return new ServiceRoutes(
        initial,
        range -> ServiceNetworks.objection(range, taken),
        new ServiceRoutes.Routes() {
          @Override
          public void put(String range) throws IOException {
            network.routeServices(range);
          }

          @Override
          public void remove(String range) throws IOException {
            network.unrouteServices(range);
          }
        });
  }

  private static DnsSettings dnsSettings(ClusterSettings.Addresses addresses) {
    return DnsSettings.of(addresses.clusterDomain(), InetAddress.ofLiteral(addresses.dnsService()));
  }

  /**
   * Waits until API server, nodes, proxies and DNS are ready.
   *
   * @return false when {@code timeout} passed first
   */
  boolean awaitReady(Duration timeout) throws InterruptedException {
    return readiness.await(timeout);
  }

  /** What is not ready yet, for people. */
  List<String> waitingFor() {
    return readiness.waitingFor();
  }

  /** The answer to {@code fairlead status}. */
  ObjectNode status() {
    List<String> waitingFor = waitingFor();
    ObjectNode status = Json.object();
    status.put("state", waitingFor.isEmpty() ? "ready" : "starting");
    status.put("pid", ProcessHandle.current().pid());
    status.put("apiServer", "https://127.0.0.1:" + settings.addresses().apiPort());
    status.put("dns", settings.addresses().dnsService());
    waitingFor.forEach(status.withArray("waitingFor")::add);
    for (Document node : informers.informer(Kinds.NODE).all()) {
      status.withArray("nodes").add(describe(node));
    }
    ProcessHandle.current()
        .descendants()
        .forEach(process -> status.withArray("processes").add(describe(process)));
    return status;
  }

  private static String describe(Document document) {
    Node node = Node.of(document);
    return "%s %s %s"
        .formatted(node.name(), node.internalIp(), node.ready() ? "ready" : "not ready");
  }

  private static String describe(ProcessHandle process) {
    return process.pid() + " " + process.info().command().orElse("(ended)");
  }

  /**
   * The command line that enters a node's or a pod's namespaces; what to run there is appended.
   *
   * @throws Failure when there is no such node or pod
   */
  ObjectNode enter(String namespace, String name) {
    for (int index = 1; index <= settings.nodes(); index++) {
      if (ClusterSettings.nodeName(index).equals(name)) {
        return command(Entrance.toNode(network.node(index)));
      }
    }
    ObjectKey pod = podKey(namespace, name);
    for (Kubelet kubelet : kubelets) {
      OptionalLong holder = kubelet.sandbox(pod);
      if (holder.isPresent()) {
        return command(Entrance.toPod(holder.getAsLong()));
      }
    }
    throw new Failure(
        "there is no node and no running pod named %s; see: kubectl get nodes,pods -A"
            .formatted(name));
  }

  private static ObjectKey podKey(String namespace, String name) {
    String bare = name.startsWith("pod/") ? name.substring("pod/".length()) : name;
    int slash = bare.indexOf('/');
    return slash < 0
        ? new ObjectKey(namespace, bare)
        : new ObjectKey(bare.substring(0, slash), bare.substring(slash + 1));
  }

  private static ObjectNode command(List<String> words) {
    ObjectNode answer = Json.object();
    words.forEach(answer.withArray("command")::add);
    return answer;
  }

  @Override
  public void close() {
    parts.close();
  }
}
