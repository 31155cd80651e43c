package dev.fairlead.cluster;

import dev.fairlead.controllers.loadbalancer.PoolSettings;
import java.util.List;

/**
 * What a local cluster is made of. The defaults are the table in the README.
 *
 * @param nodes how many nodes, 1 to 50
 * @param pools what load balancers get
 */
public record ClusterSettings(
    int nodes, StoreKind store, RuntimeKind runtime, Addresses addresses, PoolSettings pools) {

  private static final int DOMAIN_LENGTH_MAX = 180;

  /** Where objects are kept. */
  public enum StoreKind {
    MEMORY,
    SQLITE
  }

  /** What runs pods. */
  public enum RuntimeKind {
    PROCESS,
    SIMULATED
  }

  /**
   * Every address and name. Networks are written as {@code 10.112.0.0/16}.
   *
   * @param nodeNetwork nodes, router and host share it
   * @param router the cloud network's router; the API server answers there too
   * @param host the host's end of the wire to the router
   */
  public record Addresses(
      String nodeNetwork,
      String router,
      String host,
      String podNetwork,
      String serviceNetwork,
      String kubernetesService,
      String dnsService,
      String clusterDomain,
      int apiPort,
      int kubeletPort) {

    public static final Addresses DEFAULT =
        new Addresses(
            "10.111.0.0/16",
            "10.111.0.1",
            "10.111.0.2",
            "10.112.0.0/16",
            "10.115.240.0/20",
            "10.115.240.1",
            "10.115.240.10",
            "cluster.local",
            6443,
            10250);

    private static final int SERVICE_PREFIX_MIN = 12;
    private static final int SERVICE_PREFIX_MAX = 27;
    private static final long DNS_OFFSET = 10;

    /**
     * The same with another range of cluster IPs; {@code kubernetes} gets its first address and the
     * DNS its tenth.
     *
     * @throws IllegalArgumentException when it is no network, too large, too small, or overlaps
     *     nodes or pods
     */
    public Addresses withServiceNetwork(String network) {
      Ipv4Network services = Ipv4Network.parse(network);
      if (services.prefix() < SERVICE_PREFIX_MIN || services.prefix() > SERVICE_PREFIX_MAX) {
        throw new IllegalArgumentException(
            "the range of cluster IPs must have a prefix of /12 to /27, not /" + services.prefix());
      }
      refuseOverlap(services, network, "pods", podNetwork);
      refuseOverlap(services, network, "nodes", nodeNetwork);
      return new Addresses(
          nodeNetwork,
          router,
          host,
          podNetwork,
          network,
          services.at(1),
          services.at(DNS_OFFSET),
          clusterDomain,
          apiPort,
          kubeletPort);
    }

    private static void refuseOverlap(
        Ipv4Network services, String text, String others, String otherNetwork) {
      if (services.overlaps(Ipv4Network.parse(otherNetwork))) {
        throw new IllegalArgumentException(
            "the range of cluster IPs %s overlaps the range of %s %s"
                .formatted(text, others, otherNetwork));
      }
    }

    /**
     * The same with another base domain.
     *
     * @throws IllegalArgumentException when it is not a DNS name in lower case
     */
    public Addresses withClusterDomain(String domain) {
      checkedDomain(domain, "cluster.local");
      return new Addresses(
          nodeNetwork,
          router,
          host,
          podNetwork,
          serviceNetwork,
          kubernetesService,
          dnsService,
          domain,
          apiPort,
          kubeletPort);
    }

    /** The same with the API server told to nodes and pods as another address and port. */
    public Addresses withApiServer(String address, int port) {
      return new Addresses(
          nodeNetwork,
          address,
          host,
          podNetwork,
          serviceNetwork,
          kubernetesService,
          dnsService,
          clusterDomain,
          port,
          kubeletPort);
    }

    /** The address of node {@code index}, counted from 1. */
    public String node(int index) {
      return "10.111.0." + (10 + index);
    }

    /** {@code address} with the prefix length of the node network. */
    public String onNodeNetwork(String address) {
      return address + nodeNetwork.substring(nodeNetwork.indexOf('/'));
    }

    /** The networks that must be free on the host. */
    public List<String> networks() {
      return List.of(nodeNetwork, podNetwork, serviceNetwork);
    }
  }

  /** Three nodes, SQLite, processes. */
  public static final ClusterSettings DEFAULT =
      new ClusterSettings(
          3, StoreKind.SQLITE, RuntimeKind.PROCESS, Addresses.DEFAULT, PoolSettings.DEFAULT);

  public ClusterSettings {
    checkedNodes(nodes);
  }

  /**
   * A number of nodes that a cluster can have.
   *
   * @throws IllegalArgumentException when it cannot
   */
  public static int checkedNodes(int nodes) {
    if (nodes < 1 || nodes > 50) {
      throw new IllegalArgumentException("must be between 1 and 50, not " + nodes);
    }
    return nodes;
  }

  /**
   * A domain under which names can be made.
   *
   * @param example named in the refusal
   * @throws IllegalArgumentException when it is not a DNS name in lower case
   */
  public static String checkedDomain(String domain, String example) {
    if (!domain.matches(
            "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*")
        || domain.length() > DOMAIN_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "\"%s\" is not a DNS name such as %s".formatted(domain, example));
    }
    return domain;
  }

  /** {@code node-1}, {@code node-2}, … */
  public static String nodeName(int index) {
    return "node-" + index;
  }
}
