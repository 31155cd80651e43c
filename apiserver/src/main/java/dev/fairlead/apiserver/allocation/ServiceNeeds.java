package dev.fairlead.apiserver.allocation;

import com.fasterxml.jackson.databind.JsonNode;

/** What a Service's spec needs from the pools. */
public final class ServiceNeeds {
  private ServiceNeeds() {}

  /** Whether it has a virtual address of its own. */
  public static boolean clusterIp(JsonNode spec) {
    return !type(spec).equals("ExternalName") && !headless(spec);
  }

  /** Whether it is headless: names without a virtual address. */
  public static boolean headless(JsonNode spec) {
    return clusterIpOf(spec).equals("None");
  }

  /** Whether each of its ports has a node port. */
  public static boolean nodePorts(JsonNode spec) {
    return switch (type(spec)) {
      case "NodePort" -> true;
      case "LoadBalancer" -> spec.path("allocateLoadBalancerNodePorts").asBoolean(true);
      default -> false;
    };
  }

  /** Whether node ports may be set, though they need not be. */
  public static boolean mayHaveNodePorts(JsonNode spec) {
    return type(spec).equals("NodePort") || type(spec).equals("LoadBalancer");
  }

  /** Whether it can be reached from outside of the cluster by an address of its own. */
  public static boolean externallyAccessible(JsonNode spec) {
    return mayHaveNodePorts(spec)
        || (type(spec).equals("ClusterIP") && !spec.path("externalIPs").isEmpty());
  }

  /** Whether a load balancer asks the nodes which of them have local endpoints. */
  public static boolean healthCheckNodePort(JsonNode spec) {
    return type(spec).equals("LoadBalancer")
        && spec.path("externalTrafficPolicy").asText("").equals("Local");
  }

  /** {@code clusterIPs[0]}, else {@code clusterIP}; empty when neither is given. */
  public static String clusterIpOf(JsonNode spec) {
    String first = spec.path("clusterIPs").path(0).asText("");
    return first.isEmpty() ? spec.path("clusterIP").asText("") : first;
  }

  /** The type; empty when not given. */
  public static String type(JsonNode spec) {
    return spec.path("type").asText("");
  }
}
