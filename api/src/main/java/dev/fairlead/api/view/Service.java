package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.net.Ip;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Fairlead reads of a Service (API: {@code core/v1 Service}). Strings that are missing are
 * empty, numbers 0, collections empty; nothing is null. Addresses and ranges are in canonical form.
 *
 * @param type {@code ClusterIP}, {@code NodePort}, {@code LoadBalancer} or {@code ExternalName};
 *     {@code ClusterIP} when missing
 * @param clusterIps {@code None} marks a headless service
 * @param loadBalancerIps {@code status.loadBalancer.ingress[].ip}, without those whose {@code
 *     ipMode} is {@code Proxy}
 * @param externalTrafficPolicy {@code Cluster} when missing
 * @param internalTrafficPolicy {@code Cluster} when missing
 * @param sessionAffinity {@code None} when missing
 * @param sessionAffinityTimeoutSeconds 10,800 when missing
 * @param selector empty when the service selects no pods
 */
public record Service(
    ObjectKey key,
    String type,
    List<String> clusterIps,
    List<String> externalIps,
    List<String> loadBalancerIps,
    List<String> loadBalancerSourceRanges,
    String externalName,
    String externalTrafficPolicy,
    String internalTrafficPolicy,
    int healthCheckNodePort,
    boolean publishNotReadyAddresses,
    String sessionAffinity,
    int sessionAffinityTimeoutSeconds,
    Map<String, String> selector,
    List<Port> ports) {
  private static final int AFFINITY_TIMEOUT_SECONDS_DEFAULT = 10_800;

  /**
   * One port.
   *
   * @param protocol {@code TCP} when missing
   * @param targetPort a number or a container port's name; the port itself when missing
   * @param nodePort 0 when none
   */
  public record Port(
      String name,
      String protocol,
      int port,
      String targetPort,
      int nodePort,
      String appProtocol) {}

  /** Reads a Service's document. */
  public static Service of(Document document) {
    JsonNode spec = document.spec();
    return new Service(
        document.key(),
        spec.path("type").asText("ClusterIP"),
        clusterIps(spec),
        Nodes.addresses(spec.path("externalIPs")),
        ingressIps(document.status()),
        Nodes.ranges(spec.path("loadBalancerSourceRanges")),
        spec.path("externalName").asText(""),
        spec.path("externalTrafficPolicy").asText("Cluster"),
        spec.path("internalTrafficPolicy").asText("Cluster"),
        spec.path("healthCheckNodePort").asInt(0),
        spec.path("publishNotReadyAddresses").asBoolean(false),
        spec.path("sessionAffinity").asText("None"),
        spec.path("sessionAffinityConfig")
            .path("clientIP")
            .path("timeoutSeconds")
            .asInt(AFFINITY_TIMEOUT_SECONDS_DEFAULT),
        selector(spec.path("selector")),
        ports(spec.path("ports")));
  }

  /** Whether the service asks for no virtual address. */
  public boolean headless() {
    return clusterIps.contains("None");
  }

  private static List<String> clusterIps(JsonNode spec) {
    List<String> all = Nodes.addresses(spec.path("clusterIPs"));
    String first = Ip.canonical(spec.path("clusterIP").asText(""));
    return all.isEmpty() && !first.isEmpty() ? List.of(first) : all;
  }

  private static List<String> ingressIps(JsonNode status) {
    List<String> result = new ArrayList<>();
    for (JsonNode ingress : status.path("loadBalancer").path("ingress")) {
      String ip = ingress.path("ip").asText("");
      if (!ip.isEmpty() && !ingress.path("ipMode").asText("VIP").equals("Proxy")) {
        result.add(Ip.canonical(ip));
      }
    }
    return List.copyOf(result);
  }

  private static Map<String, String> selector(JsonNode node) {
    Map<String, String> result = new LinkedHashMap<>();
    node.properties().forEach(entry -> result.put(entry.getKey(), entry.getValue().asText()));
    return Collections.unmodifiableMap(result);
  }

  private static List<Port> ports(JsonNode node) {
    List<Port> result = new ArrayList<>(node.size());
    for (JsonNode port : node) {
      int number = port.path("port").asInt(0);
      result.add(
          new Port(
              port.path("name").asText(""),
              port.path("protocol").asText("TCP"),
              number,
              port.path("targetPort").asText(Integer.toString(number)),
              port.path("nodePort").asInt(0),
              port.path("appProtocol").asText("")));
    }
    return List.copyOf(result);
  }
}
