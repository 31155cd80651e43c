package dev.fairlead.controllers.loadbalancer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a load balancer is reached: one entry of {@code status.loadBalancer.ingress}.
 *
 * @param ip empty when there is a host name instead
 * @param hostname empty when there is an address
 */
public record Ingress(String ip, String hostname) {

  /** An address that packets carry to the nodes unchanged ({@code ipMode: VIP}). */
  public static Ingress ofIp(String ip) {
    return new Ingress(ip, "");
  }

  /** A name that resolves to the load balancer. */
  public static Ingress ofHostname(String hostname) {
    return new Ingress("", hostname);
  }

  /** Reads a Service's {@code status}. */
  static List<Ingress> read(JsonNode status) {
    List<Ingress> result = new ArrayList<>();
    for (JsonNode each : status.path("loadBalancer").path("ingress")) {
      result.add(new Ingress(each.path("ip").asText(""), each.path("hostname").asText("")));
    }
    return List.copyOf(result);
  }

  ObjectNode toTree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    return hostname.isEmpty()
        ? tree.put("ip", ip).put("ipMode", "VIP")
        : tree.put("hostname", hostname);
  }
}
