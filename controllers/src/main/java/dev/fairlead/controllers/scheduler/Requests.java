package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.quantity.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pod asks of a node's resources (API: {@code core/v1 ResourceRequirements}; upstream:
 * {@code component-helpers/resource}): all that runs at the same time, at the moment when it is
 * most. Sidecars run beside each init container after them and beside the pod's own containers.
 */
final class Requests {
  private Requests() {}

  static Map<String, BigDecimal> of(Document pod) {
    Map<String, BigDecimal> sidecars = new TreeMap<>();
    Map<String, BigDecimal> peak = new TreeMap<>();
    for (JsonNode container : pod.spec().path("initContainers")) {
      Map<String, BigDecimal> moment = new TreeMap<>(sidecars);
      add(requests(container), moment);
      moment.forEach((name, value) -> peak.merge(name, value, BigDecimal::max));
      if (container.path("restartPolicy").asText("").equals("Always")) {
        add(requests(container), sidecars);
      }
    }
    Map<String, BigDecimal> needs = sidecars;
    pod.spec().path("containers").forEach(each -> add(requests(each), needs));
    peak.forEach((name, value) -> needs.merge(name, value, BigDecimal::max));
    add(pod.spec().path("overhead"), needs);
    return needs;
  }

  private static JsonNode requests(JsonNode container) {
    return container.path("resources").path("requests");
  }

  private static void add(JsonNode resources, Map<String, BigDecimal> to) {
    resources
        .properties()
        .forEach(each -> to.merge(each.getKey(), quantity(each.getValue()), BigDecimal::add));
  }

  /** A quantity; 0 when missing. */
  static BigDecimal quantity(JsonNode node) {
    try {
      return node.isMissingNode() ? BigDecimal.ZERO : Quantity.parse(node.asText()).amount();
    } catch (IllegalArgumentException e) {
      return BigDecimal.ZERO; // the API refuses such a quantity, so nobody can have asked for it
    }
  }
}
