package dev.fairlead.kubelet.network;

import dev.fairlead.api.view.HostPort;
import dev.fairlead.linux.Conntrack;
import dev.fairlead.linux.Conntrack.Flow;
import dev.fairlead.linux.NetworkNamespace;
import dev.fairlead.linux.Nftables;
import dev.fairlead.linux.NftablesException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards ports of a node to its pods, as the CNI plugin {@code portmap} does: on every address of
 * the node, 127.0.0.1 too, for clients anywhere. Keeps one nftables table equal to what is open;
 * when the kernel refuses a change, the whole table is written anew. Who may have which port is
 * decided elsewhere: a pod that asks gets it, from one that is about to go.
 */
final class HostPorts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HostPorts.class);
  private static final int UDP = 17;

  private final NetworkNamespace node;
  private final Nftables nftables;
  private final Conntrack conntrack;
  private final Map<String, List<HostPort>> pods = new LinkedHashMap<>();
  private boolean closed;

  private HostPorts(NetworkNamespace node, Nftables nftables) {
    this.node = node;
    this.nftables = nftables;
    this.conntrack = new Conntrack(node);
  }

  /** Starts with an empty table; one that a crash has left is gone. */
  static HostPorts start(NetworkNamespace node) throws IOException {
    // What a local client sent to 127.0.0.1 comes back by the pod's link.
    node.links().sysctl("net.ipv4.conf.all.route_localnet", "1");
    Nftables nftables = Nftables.open(node);
    try {
      nftables.run(HostPortTable.whole(Map.of()));
      return new HostPorts(node, nftables);
    } catch (RuntimeException e) {
      nftables.close();
      throw new IOException("%s: host ports: %s".formatted(node.name(), reason(e)), e);
    }
  }

  /**
   * Opens the ports of a pod.
   *
   * @throws IOException when the kernel refuses; then none is open
   */
  synchronized void open(String address, List<HostPort> ports) throws IOException {
    if (ports.isEmpty()) {
      return;
    }
    String taken = takeFromOthers(ports);
    pods.put(address, ports);
    try {
      write(taken + HostPortTable.add(address, ports));
    } catch (NftablesException | UncheckedIOException e) {
      pods.remove(address);
      throw new IOException("host ports: " + reason(e), e);
    }
    // A client that sends on and on would stay with what was there before.
    forget(ports, flow -> isStale(flow, address));
  }

  private String takeFromOthers(List<HostPort> ports) {
    StringBuilder change = new StringBuilder();
    pods.replaceAll((address, open) -> {
      List<HostPort> lost =
          open.stream().filter(each -> ports.stream().anyMatch(each::conflicts)).toList();
      change.append(HostPortTable.delete(lost));
      return open.stream().filter(each -> !lost.contains(each)).toList();
    });
    return change.toString();
  }

  /** Whether it goes to the node itself, or to another pod. */
  private boolean isStale(Flow flow, String address) {
    String backend = flow.reply().source();
    return backend.equals(flow.original().target())
        || (pods.containsKey(backend) && !backend.equals(address));
  }

  /** Closes the ports of a pod; nothing happens when it has none. Never throws. */
  synchronized void close(String address) {
    List<HostPort> ports = pods.remove(address);
    if (ports == null || closed) {
      return;
    }
    try {
      write(HostPortTable.delete(address, ports));
    } catch (NftablesException | UncheckedIOException e) {
      log.warn("{}: host ports of {} stay: {}", node.name(), address, reason(e));
    }
    forget(ports, flow -> flow.reply().source().equals(address));
  }

  private void write(String change) {
    try {
      nftables.run(change);
    } catch (NftablesException | UncheckedIOException e) {
      log.warn("{}: host ports are written anew: {}", node.name(), reason(e));
      nftables.run(HostPortTable.whole(pods));
    }
  }

  /** What the kernel said, or why its namespace could not be entered. */
  private static String reason(RuntimeException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  private void forget(List<HostPort> ports, Predicate<Flow> which) {
    List<HostPort> datagrams =
        ports.stream().filter(each -> each.protocol().equals("UDP")).toList();
    if (datagrams.isEmpty()) {
      return;
    }
    try {
      int _ =
          conntrack.delete(
              flow -> flow.protocol() == UDP && which.test(flow) && isTo(datagrams, flow));
    } catch (IOException e) {
      log.warn("{}: stale UDP flows stay until they time out: {}", node.name(), e.getMessage());
    }
  }

  private static boolean isTo(List<HostPort> ports, Flow flow) {
    return ports.stream()
        .anyMatch(each -> isAt(each, flow.original().target(), flow.original().targetPort()));
  }

  /** Whether the node's address and port are this. */
  private static boolean isAt(HostPort port, String address, int number) {
    return port.port() == number && (port.hostIp().isEmpty() || port.hostIp().equals(address));
  }

  /** Takes the table away. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      nftables.run(HostPortTable.REMOVE);
    } catch (NftablesException | UncheckedIOException e) {
      log.warn("{}: the table of host ports stays: {}", node.name(), reason(e));
    }
    nftables.close();
  }
}
