package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.quantity.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a pod asks of a node's resources (API: {@code core/v1 ResourceRequirements}; upstream:
 * {@code component-helpers/resource}): all that runs at the same time, at the moment when it is
 * most. Sidecars run beside each init container after them and beside the pod's own containers. A
 * container that is being resized counts with the most of what it wants, was granted and has
 * (KEP-1287); what the node can never give counts for nothing.
 */
final class Requests {
  private static final Map<String, BigDecimal> ASSUMED =
      Map.of("cpu", new BigDecimal("0.1"), "memory", BigDecimal.valueOf(200L << 20));

  private Requests() {}

  static Map<String, BigDecimal> of(Document pod) {
    return of(pod, Resized.of(pod)::requests);
  }

  /** The same, where a container that does not ask for CPU or memory is taken to need a little. */
  static Map<String, BigDecimal> assumed(Document pod) {
    Resized resized = Resized.of(pod);
    return of(
        pod,
        container -> {
          Map<String, BigDecimal> needs = new TreeMap<>(ASSUMED);
          needs.putAll(resized.requests(container));
          return needs;
        });
  }

  /**
   * What a pod that is on a node needs less of than before, by name of the resource; nothing as
   * long as neither its spec nor what was granted has changed.
   */
  static Set<String> freed(Document before, Document after) {
    if (before.meta().generation() == after.meta().generation()
        && Resized.of(before).equals(Resized.of(after))) {
      return Set.of();
    }
    Map<String, BigDecimal> now = of(after);
    Set<String> freed = new TreeSet<>();
    of(before)
        .forEach((name, value) -> {
          if (value.compareTo(now.getOrDefault(name, BigDecimal.ZERO)) > 0) {
            freed.add(name);
          }
        });
    return freed;
  }

  private static Map<String, BigDecimal> of(
      Document pod, Function<JsonNode, Map<String, BigDecimal>> requests) {
    Map<String, BigDecimal> sidecars = new TreeMap<>();
    Map<String, BigDecimal> peak = new TreeMap<>();
    for (JsonNode container : pod.spec().path("initContainers")) {
      Map<String, BigDecimal> moment = new TreeMap<>(sidecars);
      add(requests.apply(container), moment);
      moment.forEach((name, value) -> peak.merge(name, value, BigDecimal::max));
      if (container.path("restartPolicy").asText("").equals("Always")) {
        add(requests.apply(container), sidecars);
      }
    }
    Map<String, BigDecimal> needs = sidecars;
    pod.spec().path("containers").forEach(each -> add(requests.apply(each), needs));
    peak.forEach((name, value) -> needs.merge(name, value, BigDecimal::max));
    add(amounts(pod.spec().path("overhead")), needs);
    return needs;
  }

  /** Amounts of a {@code ResourceList}; none when it is missing. */
  static Map<String, BigDecimal> amounts(JsonNode resources) {
    Map<String, BigDecimal> amounts = new TreeMap<>();
    resources.properties().forEach(each -> amounts.put(each.getKey(), quantity(each.getValue())));
    return amounts;
  }

  private static void add(Map<String, BigDecimal> amounts, Map<String, BigDecimal> to) {
    amounts.forEach((name, value) -> to.merge(name, value, BigDecimal::add));
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
