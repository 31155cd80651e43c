package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the rules of one container need to know of its pod.
 *
 * @param volumes the pod's good volumes, by name
 * @param claims the names in {@code resourceClaims}, sorted
 * @param graceSeconds the pod's {@code terminationGracePeriodSeconds}
 * @param restartPolicy the pod's
 * @param hostUsers whether the pod shares the host's user namespace
 */
record PodScope(
    Map<String, JsonNode> volumes,
    Set<String> claims,
    long graceSeconds,
    String restartPolicy,
    boolean hostUsers) {

  static PodScope of(JsonNode spec, Map<String, JsonNode> volumes) {
    Set<String> claims = new TreeSet<>();
    for (JsonNode claim : spec.path("resourceClaims")) {
      String name = Trees.text(claim, "name");
      if (!name.isEmpty()) {
        claims.add(name);
      }
    }
    return new PodScope(
        volumes,
        claims,
        spec.path("terminationGracePeriodSeconds").asLong(0),
        Trees.text(spec, "restartPolicy"),
        spec.path("hostUsers").asBoolean(true));
  }
}
