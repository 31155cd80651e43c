package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A port of the node that belongs to a pod (API: {@code core/v1 ContainerPort}, {@code hostPort}).
 *
 * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
 * @param hostIp the one address of the node that it is open on; empty for all
 * @param port on the node
 * @param containerPort in the pod
 */
public record HostPort(String protocol, String hostIp, int port, int containerPort) {
  private static final String EVERYWHERE = "0.0.0.0";

  public HostPort {
    hostIp = hostIp.equals(EVERYWHERE) ? "" : hostIp;
  }

  /**
   * Those that a pod with this {@code spec} asks for, of its sidecars and containers; each once.
   */
  public static List<HostPort> of(JsonNode spec) {
    return Stream.concat(
            items(spec.path("initContainers"))
                .filter(init -> init.path("restartPolicy").asText("").equals("Always")),
            items(spec.path("containers")))
        .flatMap(container -> items(container.path("ports")))
        .filter(port -> port.path("hostPort").asInt(0) > 0)
        .map(port ->
            new HostPort(
                port.path("protocol").asText("TCP"),
                port.path("hostIP").asText(""),
                port.path("hostPort").asInt(),
                port.path("containerPort").asInt(0)))
        .distinct()
        .toList();
  }

  /** Whether only one of the two can be open on a node. */
  public boolean conflicts(HostPort other) {
    return port == other.port
        && protocol.equals(other.protocol)
        && (hostIp.isEmpty() || other.hostIp.isEmpty() || hostIp.equals(other.hostIp));
  }

  /** Whether one of these conflicts with one of those. */
  public static boolean anyConflict(List<HostPort> these, List<HostPort> those) {
    return those.stream().anyMatch(each -> these.stream().anyMatch(each::conflicts));
  }

  private static Stream<JsonNode> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
