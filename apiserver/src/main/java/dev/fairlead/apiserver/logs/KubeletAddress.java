package dev.fairlead.apiserver.logs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import dev.fairlead.api.view.Node;
import java.util.Optional;

/**
 * Where a kubelet's HTTPS API listens.
 *
 * @param host an address
 */
public record KubeletAddress(String host, int port) {
  private static final int PORT = 10_250;

  /**
   * The kubelet of the node that a pod is bound to.
   *
   * @throws ApiException 400 when it is bound to none, 404 when the node is gone
   */
  public static KubeletAddress of(KubeApi api, Document pod) {
    String nodeName = pod.spec().path("nodeName").asText("");
    if (nodeName.isEmpty()) {
      throw ApiException.badRequest("pod %s does not have a host assigned".formatted(pod.name()));
    }
    Document node = api.get(Target.object(Kinds.NODE, "", nodeName));
    return ofNode(node)
        .orElseThrow(
            () -> ApiException.internal("node " + nodeName + " has no InternalIP address"));
  }

  /** The kubelet of a node; empty when it has no address. */
  public static Optional<KubeletAddress> ofNode(Document node) {
    String address = Node.of(node).internalIp();
    JsonNode port = node.status().at("/daemonEndpoints/kubeletEndpoint/Port");
    return address.isEmpty()
        ? Optional.empty()
        : Optional.of(new KubeletAddress(address, port.asInt(PORT)));
  }

  /** As it stands in a URL. */
  public String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
