package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What Fairlead reads of an EndpointSlice (API: {@code discovery.k8s.io/v1 EndpointSlice}). Strings
 * that are missing are empty; collections are never null. Addresses are in canonical form. Topology
 * hints are not read.
 *
 * @param serviceName the label {@code kubernetes.io/service-name}; empty when it has none
 * @param addressType {@code IPv4}, {@code IPv6} or {@code FQDN}
 */
public record EndpointSlice(
    ObjectKey key,
    String serviceName,
    String addressType,
    List<Port> ports,
    List<Endpoint> endpoints) {
  /** The label that names the Service which a slice belongs to. */
  public static final String SERVICE_NAME_LABEL = "kubernetes.io/service-name";

  /**
   * One port of every endpoint of the slice.
   *
   * @param protocol {@code TCP} when missing
   * @param port 0 when the slice gives none
   */
  public record Port(String name, String protocol, int port, String appProtocol) {}

  /**
   * One endpoint.
   *
   * @param ready true when the slice does not say
   * @param serving as {@code ready} when the slice does not say
   * @param targetKind kind of the object behind it, for example {@code Pod}
   * @param target namespace and name of the object behind it; both empty when none
   */
  public record Endpoint(
      List<String> addresses,
      boolean ready,
      boolean serving,
      boolean terminating,
      String hostname,
      String nodeName,
      String zone,
      String targetKind,
      ObjectKey target,
      String targetUid) {}

  /** Reads an EndpointSlice's document. */
  public static EndpointSlice of(Document document) {
    return new EndpointSlice(
        document.key(),
        document.meta().labels().getOrDefault(SERVICE_NAME_LABEL, ""),
        document.tree().path("addressType").asText(""),
        ports(document.tree().path("ports")),
        endpoints(document.tree().path("endpoints")));
  }

  private static List<Port> ports(JsonNode node) {
    List<Port> result = new ArrayList<>(node.size());
    for (JsonNode port : node) {
      result.add(
          new Port(
              port.path("name").asText(""),
              port.path("protocol").asText("TCP"),
              port.path("port").asInt(0),
              port.path("appProtocol").asText("")));
    }
    return List.copyOf(result);
  }

  private static List<Endpoint> endpoints(JsonNode node) {
    List<Endpoint> result = new ArrayList<>(node.size());
    node.forEach(endpoint -> result.add(endpoint(endpoint)));
    return List.copyOf(result);
  }

  private static Endpoint endpoint(JsonNode node) {
    JsonNode conditions = node.path("conditions");
    JsonNode target = node.path("targetRef");
    boolean ready = conditions.path("ready").asBoolean(true);
    return new Endpoint(
        Nodes.addresses(node.path("addresses")),
        ready,
        conditions.path("serving").asBoolean(ready),
        conditions.path("terminating").asBoolean(false),
        node.path("hostname").asText(""),
        node.path("nodeName").asText(""),
        node.path("zone").asText(""),
        target.path("kind").asText(""),
        new ObjectKey(target.path("namespace").asText(""), target.path("name").asText("")),
        target.path("uid").asText(""));
  }
}
