package dev.fairlead.controllers.loadbalancer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.view.EndpointSlice;
import dev.fairlead.api.view.Node;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which nodes a load balancer may send packets to. Pure. */
final class Backends {
  private static final String EXCLUDE_LABEL =
      "node.kubernetes.io/exclude-from-external-load-balancers";
  private static final String TO_BE_DELETED_TAINT = "ToBeDeletedByClusterAutoscaler";

  private Backends() {}

  /** The nodes that may serve any load balancer, by name. */
  static List<BackendNode> healthy(Collection<Document> nodes) {
    return nodes.stream()
        .filter(Backends::healthy)
        .map(node -> new BackendNode(node.name(), Node.of(node).internalIp()))
        .sorted(Comparator.comparing(BackendNode::name))
        .toList();
  }

  /** Whether a node may serve load balancers: ready, staying, not excluded, with an address. */
  static boolean healthy(Document node) {
    Node view = Node.of(node);
    return view.ready()
        && !view.internalIp().isEmpty()
        && !node.meta().deleting()
        && !node.meta().labels().containsKey(EXCLUDE_LABEL)
        && !goes(node.spec().path("taints"));
  }

  private static boolean goes(JsonNode taints) {
    for (JsonNode taint : taints) {
      if (taint.path("key").asText("").equals(TO_BE_DELETED_TAINT)) {
        return true;
      }
    }
    return false;
  }

  /** Whether only nodes with an endpoint of their own should get the Service's packets. */
  static boolean local(Document service) {
    return service.spec().path("externalTrafficPolicy").asText("").equals("Local");
  }

  /** Of the healthy nodes those that may serve this Service. */
  static List<BackendNode> of(
      Document service, List<BackendNode> healthy, Collection<Document> slices) {
    if (!local(service)) {
      return healthy;
    }
    Set<String> serving =
        slices.stream()
            .flatMap(slice -> EndpointSlice.of(slice).endpoints().stream())
            .filter(EndpointSlice.Endpoint::ready)
            .map(EndpointSlice.Endpoint::nodeName)
            .collect(Collectors.toSet());
    return healthy.stream().filter(node -> serving.contains(node.name())).toList();
  }
}
