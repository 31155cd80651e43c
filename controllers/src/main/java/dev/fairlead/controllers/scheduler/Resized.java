package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pod's status says of the resources of its containers (KEP-1287; upstream: {@code
 * component-helpers/resource}, with the status taken in).
 *
 * @param statuses by name of the container; one whose node does not tell is missing
 * @param infeasible whether the node can never give what the spec asks for
 */
record Resized(Map<String, Status> statuses, boolean infeasible) {

  /**
   * Of one container, as they stand.
   *
   * @param actual what it is held to
   * @param allocated what it was granted
   */
  record Status(JsonNode actual, JsonNode allocated) {}

  Resized {
    statuses = Map.copyOf(statuses);
  }

  static Resized of(Document pod) {
    Map<String, Status> statuses = new HashMap<>();
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      for (JsonNode each : pod.status().path(list)) {
        if (each.has("resources")) {
          JsonNode actual = each.path("resources").path("requests");
          statuses.put(
              each.path("name").asText(""), new Status(actual, each.path("allocatedResources")));
        }
      }
    }
    return new Resized(statuses, infeasible(pod));
  }

  private static boolean infeasible(Document pod) {
    for (JsonNode condition : pod.status().path("conditions")) {
      if (condition.path("type").asText("").equals("PodResizePending")) {
        return condition.path("reason").asText("").equals("Infeasible");
      }
    }
    return false;
  }

  /**
   * What one container counts for: the most of what it wants, was granted and has.
   *
   * @param container of the spec
   * @return by name of the resource
   */
  Map<String, BigDecimal> requests(JsonNode container) {
    Map<String, BigDecimal> wanted = Requests.amounts(container.path("resources").path("requests"));
    Status status = statuses.get(container.path("name").asText(""));
    if (status == null) {
      return wanted;
    }
    Map<String, BigDecimal> most = new TreeMap<>(infeasible ? Map.of() : wanted);
    for (JsonNode each : List.of(status.actual(), status.allocated())) {
      Requests.amounts(each).forEach((name, value) -> most.merge(name, value, BigDecimal::max));
    }
    return most;
  }
}
