package dev.fairlead.kubelet.network;

import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A port of the node that belongs to a pod (API: {@code core/v1 ContainerPort}, {@code hostPort}).
 *
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param hostIp the one address of the node that it is open on; empty for all
 * @param port on the node
 * @param containerPort in the pod
 */
public record HostPort(String protocol, String hostIp, int port, int containerPort) {
  private static final String EVERYWHERE = "0.0.0.0";

  public HostPort {
    protocol = protocol.toLowerCase(Locale.ROOT);
    hostIp = hostIp.equals(EVERYWHERE) ? "" : hostIp;
  }

  /** Those that a pod asks for, of its containers and sidecars; each once. */
  public static List<HostPort> of(Pod pod) {
    return Stream.concat(
            pod.initContainers().stream().filter(Container::sidecar), pod.containers().stream())
        .flatMap(container -> container.ports().stream())
        .filter(port -> port.hostPort() > 0)
        .map(port ->
            new HostPort(port.protocol(), port.hostIp(), port.hostPort(), port.containerPort()))
        .distinct()
        .toList();
  }

  /** Whether only one of the two can be open on a node. */
  public boolean conflicts(HostPort other) {
    return port == other.port
        && protocol.equals(other.protocol)
        && (hostIp.isEmpty() || other.hostIp.isEmpty() || hostIp.equals(other.hostIp));
  }

  boolean datagrams() {
    return protocol.equals("udp");
  }

  /** Whether the node's address and port are this. */
  boolean at(String address, int number) {
    return port == number && (hostIp.isEmpty() || hostIp.equals(address));
  }
}
