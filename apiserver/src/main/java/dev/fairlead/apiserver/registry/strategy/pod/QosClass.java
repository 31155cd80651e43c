package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.quantity.Quantity;
import java.util.List;

/** {@code status.qosClass}, from the containers' requests and limits of CPU and memory. */
public final class QosClass {
  private static final List<String> COUNTED = List.of("cpu", "memory");
  private static final List<String> LISTS = List.of("initContainers", "containers");

  private QosClass() {}

  /** The class of a pod with this spec. */
  public static String of(JsonNode spec) {
    boolean any = false;
    boolean guaranteed = true;
    for (String list : LISTS) {
      for (JsonNode container : spec.path(list)) {
        JsonNode resources = container.path("resources");
        for (String resource : COUNTED) {
          Quantity request = amount(resources.path("requests"), resource);
          Quantity limit = amount(resources.path("limits"), resource);
          any |= !request.isZero() || !limit.isZero();
          guaranteed &= !limit.isZero() && limit.compareTo(request) == 0;
        }
      }
    }
    if (!any) {
      return "BestEffort";
    }
    return guaranteed ? "Guaranteed" : "Burstable";
  }

  /** Zero counts as not given. */
  private static Quantity amount(JsonNode list, String resource) {
    String amount = list.path(resource).asText("");
    return amount.isEmpty() ? Quantity.ZERO : Quantity.parse(amount);
  }
}
