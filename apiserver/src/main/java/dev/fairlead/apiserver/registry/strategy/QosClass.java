package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** {@code status.qosClass}, from the containers' requests and limits of CPU and memory. */
final class QosClass {
  private static final List<String> COUNTED = List.of("cpu", "memory");

  private QosClass() {}

  static String of(JsonNode spec) {
    List<JsonNode> all = new ArrayList<>();
    spec.path("initContainers").forEach(container -> all.add(container.path("resources")));
    spec.path("containers").forEach(container -> all.add(container.path("resources")));
    boolean any = false;
    boolean guaranteed = !all.isEmpty();
    for (JsonNode resources : all) {
      for (String resource : COUNTED) {
        String request = amount(resources.path("requests"), resource);
        String limit = amount(resources.path("limits"), resource);
        any |= !request.isEmpty() || !limit.isEmpty();
        guaranteed &= !limit.isEmpty() && limit.equals(request);
      }
    }
    if (!any) {
      return "BestEffort";
    }
    return guaranteed ? "Guaranteed" : "Burstable";
  }

  /** Zero counts as not given. */
  private static String amount(JsonNode list, String resource) {
    String amount = list.path(resource).asText("");
    return amount.equals("0") ? "" : amount;
  }
}
