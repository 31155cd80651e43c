package dev.fairlead.cluster;

import dev.fairlead.linux.Namespaces;
import dev.fairlead.linux.NetworkNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The local cloud: a router namespace with a bridge, a namespace per node plugged into it, and one
 * wire from the host. Everything but the host's end lives in namespaces that only this process
 * holds, so it is gone when the process is.
 */
final class LocalNetwork implements AutoCloseable {
  /** The host's only link of ours. */
  static final String HOST_LINK = "fairlead0";

  private static final String BRIDGE = "nodes";

  private final ClusterSettings.Addresses addresses;
  private final NetworkNamespace host;
  private final NetworkNamespace router;
  private final List<NetworkNamespace> nodes = new ArrayList<>();

  private LocalNetwork(
      ClusterSettings.Addresses addresses, NetworkNamespace host, NetworkNamespace router) {
    this.addresses = addresses;
    this.host = host;
    this.router = router;
  }

  /** Lays everything out, after removing a link that a crash left. */
  static LocalNetwork create(ClusterSettings settings) throws IOException {
    NetworkNamespace host = Namespaces.host();
    removeHostLink(host);
    LocalNetwork network =
        new LocalNetwork(settings.addresses(), host, Namespaces.create("router"));
    try {
      network.layRouter();
      network.layHost();
      for (int index = 1; index <= settings.nodes(); index++) {
        network.layNode(index);
      }
      network.routeServices(settings.addresses().serviceNetwork());
      return network;
    } catch (IOException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /**
   * Removes the host's end of the wire.
   *
   * @return whether it was there
   */
  static boolean removeHostLink(NetworkNamespace host) throws IOException {
    boolean there = host.links().names().contains(HOST_LINK);
    if (there) {
      host.links().delete(HOST_LINK);
    }
    return there;
  }

  NetworkNamespace router() {
    return router;
  }

  /** The namespace of node {@code index}, counted from 1. */
  NetworkNamespace node(int index) {
    return nodes.get(index - 1);
  }

  /** Sends a node's pod network to it. Called again when a node's network changes. */
  void routePods(String podNetwork, String nodeAddress) throws IOException {
    router.links().putRoute(podNetwork, List.of(nodeAddress));
  }

  /** Sends the addresses of a load balancer pool from the host to the router. */
  void routePool(String pool) throws IOException {
    host.links().putRoute(pool, List.of(addresses.router()));
  }

  private void layRouter() throws IOException {
    router.links().addBridge(BRIDGE);
    router.links().addAddress(BRIDGE, addresses.onNodeNetwork(addresses.router()));
    router.links().setUp(BRIDGE);
    router.links().sysctl("net.ipv4.ip_forward", "1");
    // Connections to a load balancer spread over its nodes by their ports too, not by host only.
    router.links().sysctl("net.ipv4.fib_multipath_hash_policy", "1");
    router.links().sysctl("net.ipv4.conf.all.send_redirects", "0");
    router.links().sysctl("net.ipv4.conf." + BRIDGE + ".send_redirects", "0");
  }

  private void layHost() throws IOException {
    host.links().addVeth(HOST_LINK, router, "host");
    plug("host");
    host.links().addAddress(HOST_LINK, addresses.onNodeNetwork(addresses.host()));
    host.links().setUp(HOST_LINK);
    host.links().putRoute(addresses.podNetwork(), List.of(addresses.router()));
  }

  /**
   * Sends the addresses of a range of cluster IPs to the nodes: the router spreads them, the nodes'
   * proxies do the rest. So they work from the host too.
   */
  void routeServices(String network) throws IOException {
    List<String> gateways =
        IntStream.rangeClosed(1, nodes.size()).mapToObj(addresses::node).toList();
    router.links().putRoute(network, gateways);
    host.links().putRoute(network, List.of(addresses.router()));
  }

  /** Takes the routes of {@link #routeServices} away. */
  void unrouteServices(String network) throws IOException {
    host.links().deleteRoute(network);
    router.links().deleteRoute(network);
  }

  private void layNode(int index) throws IOException {
    String name = ClusterSettings.nodeName(index);
    NetworkNamespace node = Namespaces.create(name);
    nodes.add(node);
    node.links().addVeth("eth0", router, name);
    plug(name);
    node.links().addAddress("eth0", addresses.onNodeNetwork(addresses.node(index)));
    node.links().setUp("eth0");
    node.links().putRoute("0.0.0.0/0", List.of(addresses.router()));
    node.links().sysctl("net.ipv4.ip_forward", "1");
  }

  private void plug(String portOfRouter) throws IOException {
    router.links().setMaster(portOfRouter, BRIDGE);
    router.links().setUp(portOfRouter);
  }

  /** Removes the host's end and lets every namespace go. */
  @Override
  public void close() throws IOException {
    try {
      removeHostLink(host);
    } finally {
      nodes.forEach(NetworkNamespace::close);
      router.close();
    }
  }
}
