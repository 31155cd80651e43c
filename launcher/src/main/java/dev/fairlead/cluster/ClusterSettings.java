package dev.fairlead.cluster;

import java.util.List;

/**
 * What a local cluster is made of. The defaults are the table in the README.
 *
 * @param nodes how many nodes, 1 to 50
 */
public record ClusterSettings(
    int nodes, StoreKind store, RuntimeKind runtime, Addresses addresses) {

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
      new ClusterSettings(3, StoreKind.SQLITE, RuntimeKind.PROCESS, Addresses.DEFAULT);

  public ClusterSettings {
    if (nodes < 1 || nodes > 50) {
      throw new IllegalArgumentException("--nodes must be between 1 and 50, not " + nodes);
    }
  }

  /** {@code node-1}, {@code node-2}, … */
  public static String nodeName(int index) {
    return "node-" + index;
  }
}
