package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.util.ArrayList;
import java.util.List;

/** Whether the ports of a node that a pod asks for are free there (upstream: NodePorts plugin). */
final class NodePorts {
  static final String REASON = "node(s) didn't have free ports for the requested pod ports";

  private NodePorts() {}

  private record Port(String protocol, String ip, int number) {
    static Port of(JsonNode port) {
      String ip = port.path("hostIP").asText("");
      return new Port(
          port.path("protocol").asText("TCP"),
          ip.equals("0.0.0.0") ? "" : ip,
          port.path("hostPort").asInt(0));
    }

    boolean conflicts(Port other) {
      return number == other.number
          && protocol.equals(other.protocol)
          && (ip.isEmpty() || other.ip.isEmpty() || ip.equals(other.ip));
    }
  }

  static boolean free(PodInfo pod, List<PodInfo> there) {
    List<Port> wanted = of(pod.pod());
    return wanted.isEmpty()
        || there.stream()
            .flatMap(other -> of(other.pod()).stream())
            .noneMatch(taken -> wanted.stream().anyMatch(taken::conflicts));
  }

  private static List<Port> of(Document pod) {
    List<Port> ports = new ArrayList<>();
    pod.spec().path("containers").forEach(each -> add(each, ports));
    for (JsonNode init : pod.spec().path("initContainers")) {
      if (init.path("restartPolicy").asText("").equals("Always")) {
        add(init, ports);
      }
    }
    return ports;
  }

  private static void add(JsonNode container, List<Port> to) {
    for (JsonNode port : container.path("ports")) {
      if (port.path("hostPort").asInt(0) > 0) {
        to.add(Port.of(port));
      }
    }
  }
}
