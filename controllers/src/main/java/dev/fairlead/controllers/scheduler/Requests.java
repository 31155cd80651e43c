package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What pods ask of a node's resources (API: {@code core/v1 ResourceRequirements}). */
final class Requests {
  private static final Map<String, BigDecimal> SUFFIXES = suffixes();

  private Requests() {}

  /** What a pod needs: its containers together, or its largest init container. */
  static Map<String, BigDecimal> of(Document pod) {
    Map<String, BigDecimal> needs = new TreeMap<>();
    for (JsonNode container : pod.spec().path("containers")) {
      requests(container).forEach((name, value) -> needs.merge(name, value, BigDecimal::add));
    }
    for (JsonNode container : pod.spec().path("initContainers")) {
      requests(container).forEach((name, value) -> needs.merge(name, value, BigDecimal::max));
    }
    return needs;
  }

  /** The resources, by name, of which a node has too little left. Unknown ones count as enough. */
  static List<String> insufficient(Map<String, BigDecimal> needs, NodeState state) {
    JsonNode allocatable = state.node().status().path("allocatable");
    if (needs.isEmpty() || !allocatable.isObject()) {
      return List.of();
    }
    Map<String, BigDecimal> used = new TreeMap<>();
    for (Document pod : state.pods()) {
      of(pod).forEach((name, value) -> used.merge(name, value, BigDecimal::add));
    }
    return needs.entrySet().stream()
        .filter(need -> need.getValue().signum() > 0)
        .filter(need -> {
          BigDecimal all = quantity(allocatable.path(need.getKey()));
          BigDecimal taken = used.getOrDefault(need.getKey(), BigDecimal.ZERO);
          return taken.add(need.getValue()).compareTo(all) > 0;
        })
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, BigDecimal> requests(JsonNode container) {
    Map<String, BigDecimal> requests = new LinkedHashMap<>();
    container
        .path("resources")
        .path("requests")
        .properties()
        .forEach(each -> requests.put(each.getKey(), quantity(each.getValue())));
    return requests;
  }

  /** A quantity such as {@code 100m} or {@code 1Gi}; 0 when missing or malformed. */
  static BigDecimal quantity(JsonNode node) {
    String text = node.asText("").strip();
    int digits = text.length();
    while (digits > 0 && Character.isLetter(text.charAt(digits - 1))) {
      digits--;
    }
    BigDecimal unit = SUFFIXES.get(text.substring(digits));
    try {
      return unit == null || digits == 0
          ? BigDecimal.ZERO
          : new BigDecimal(text.substring(0, digits)).multiply(unit);
    } catch (NumberFormatException e) {
      return BigDecimal.ZERO; // the API refuses such a quantity, so nobody can have asked for it
    }
  }

  private static Map<String, BigDecimal> suffixes() {
    Map<String, BigDecimal> all = new LinkedHashMap<>();
    all.put("", BigDecimal.ONE);
    all.put("n", BigDecimal.ONE.movePointLeft(9));
    all.put("u", BigDecimal.ONE.movePointLeft(6));
    all.put("m", BigDecimal.ONE.movePointLeft(3));
    List<String> decimal = List.of("k", "M", "G", "T", "P", "E");
    List<String> binary = List.of("Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    for (int power = 1; power <= decimal.size(); power++) {
      all.put(decimal.get(power - 1), BigDecimal.TEN.pow(3 * power));
      all.put(binary.get(power - 1), BigDecimal.TWO.pow(10 * power));
    }
    return Map.copyOf(all);
  }
}
