package dev.fairlead.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.quantity.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one object uses of a quota, in the names that {@code spec.hard} of a ResourceQuota knows
 * (upstream: the quota evaluators).
 */
public final class QuotaUsage {
  private static final Quantity ONE = Quantity.of(1);
  private static final Set<String> PODS =
      Set.of(
          "count/pods",
          "pods",
          "cpu",
          "memory",
          "ephemeral-storage",
          "requests.cpu",
          "requests.memory",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage");
  private static final Set<String> SERVICES =
      Set.of("count/services", "services", "services.nodeports", "services.loadbalancers");

  /** What every container must name once a quota limits it. */
  static final Set<String> SPOKEN_FOR =
      Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

  /** Kinds that had a name in quotas before {@code count/…} came. */
  private static final Set<String> COUNTED_BY_PLURAL =
      Set.of(
          "configmaps",
          "persistentvolumeclaims",
          "replicationcontrollers",
          "resourcequotas",
          "secrets");

  private QuotaUsage() {}

  /** Of these names, those that objects of a type use. */
  public static Set<String> tracked(ResourceType type, Set<String> names) {
    Set<String> tracked = new TreeSet<>();
    for (String name : names) {
      if (tracks(type, name)) {
        tracked.add(name);
      }
    }
    return tracked;
  }

  private static boolean tracks(ResourceType type, String name) {
    if (type.equals(Kinds.POD)) {
      return PODS.contains(name)
          || name.startsWith("hugepages-")
          || name.startsWith("requests.hugepages-")
          || (name.startsWith("requests.") && extended(name));
    }
    if (type.equals(Kinds.SERVICE)) {
      return SERVICES.contains(name);
    }
    return name.equals(countName(type))
        || (type.group().isEmpty()
            && name.equals(type.plural())
            && COUNTED_BY_PLURAL.contains(name));
  }

  /** All that an object uses; more than a quota may ask about. */
  public static Amounts of(ResourceType type, JsonNode object, Instant now) {
    if (type.equals(Kinds.POD)) {
      return pod(object, now);
    }
    Amounts counted = Amounts.of(Map.of(countName(type), ONE));
    if (type.equals(Kinds.SERVICE)) {
      return counted.plus(service(object.path("spec")));
    }
    return type.group().isEmpty() && COUNTED_BY_PLURAL.contains(type.plural())
        ? counted.plus(Amounts.of(Map.of(type.plural(), ONE)))
        : counted;
  }

  /**
   * The amounts of CPU and memory that a container gives, in a quota's names: whoever limits one of
   * them makes every container say it.
   */
  static Amounts container(JsonNode resources) {
    return compute(Amounts.of(resources.path("requests")), Amounts.of(resources.path("limits")));
  }

  private static String countName(ResourceType type) {
    return "count/" + type.qualifiedName();
  }

  private static Amounts pod(JsonNode pod, Instant now) {
    Amounts counted = Amounts.of(Map.of("count/pods", ONE));
    if (over(pod, now)) {
      return counted;
    }
    JsonNode spec = pod.path("spec");
    return counted
        .plus(Amounts.of(Map.of("pods", ONE)))
        .plus(compute(PodAmounts.requests(spec), PodAmounts.limits(spec)));
  }

  /** Finished, or deleted so long ago that its grace is over. */
  private static boolean over(JsonNode pod, Instant now) {
    String phase = pod.path("status").path("phase").asText("");
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return true;
    }
    JsonNode metadata = pod.path("metadata");
    String deleted = metadata.path("deletionTimestamp").asText("");
    if (deleted.isEmpty() || !metadata.path("deletionGracePeriodSeconds").isNumber()) {
      return false;
    }
    Duration grace = Duration.ofSeconds(metadata.path("deletionGracePeriodSeconds").asLong());
    return now.isAfter(Instant.parse(deleted).plus(grace));
  }

  private static Amounts compute(Amounts requests, Amounts limits) {
    TreeMap<String, Quantity> used = new TreeMap<>();
    for (String name : List.of("cpu", "memory", "ephemeral-storage")) {
      Quantity request = requests.get(name);
      if (request != null) {
        used.put(name, request);
        used.put("requests." + name, request);
      }
      Quantity limit = limits.get(name);
      if (limit != null) {
        used.put("limits." + name, limit);
      }
    }
    requests
        .byName()
        .forEach((name, amount) -> {
          if (name.startsWith("hugepages-")) {
            used.put(name, amount);
            used.put("requests." + name, amount);
          } else if (extended(name)) {
            used.put("requests." + name, amount);
          }
        });
    return new Amounts(used);
  }

  private static boolean extended(String name) {
    return name.contains("/") && !name.contains("kubernetes.io/");
  }

  private static Amounts service(JsonNode spec) {
    String type = spec.path("type").asText("ClusterIP");
    boolean loadBalancer = type.equals("LoadBalancer");
    long ports = loadBalancer || type.equals("NodePort") ? spec.path("ports").size() : 0;
    if (loadBalancer && !spec.path("allocateLoadBalancerNodePorts").asBoolean(true)) {
      ports =
          spec.path("ports")
              .valueStream()
              .filter(port -> port.path("nodePort").asInt() > 0)
              .count();
    }
    return Amounts.of(
        Map.of(
            "services", ONE,
            "services.nodeports", Quantity.of(ports),
            "services.loadbalancers", Quantity.of(loadBalancer ? 1 : 0)));
  }
}
