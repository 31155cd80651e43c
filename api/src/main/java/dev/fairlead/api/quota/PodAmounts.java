package dev.fairlead.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a whole pod asks for: its containers and sidecars together, or the most that is needed while
 * it starts, and its overhead (KEP-753, upstream {@code PodRequests} and {@code PodLimits}).
 */
public final class PodAmounts {
  private PodAmounts() {}

  /** What the pod is sure to get. */
  public static Amounts requests(JsonNode spec) {
    return total(spec, "requests").plus(Amounts.of(spec.path("overhead")));
  }

  /** What it may use at most; the overhead counts only for what is limited. */
  public static Amounts limits(JsonNode spec) {
    Amounts limits = total(spec, "limits");
    return limits.plus(Amounts.of(spec.path("overhead")).only(limits.withoutZeros().names()));
  }

  /** Init containers, then the others. */
  public static List<JsonNode> containers(JsonNode spec) {
    List<JsonNode> all = new ArrayList<>();
    spec.path("initContainers").forEach(all::add);
    spec.path("containers").forEach(all::add);
    return all;
  }

  private static Amounts total(JsonNode spec, String list) {
    Amounts running = Amounts.NONE;
    for (JsonNode container : spec.path("containers")) {
      running = running.plus(amounts(container, list));
    }
    Amounts sidecars = Amounts.NONE;
    Amounts starting = Amounts.NONE;
    for (JsonNode container : spec.path("initContainers")) {
      Amounts own = amounts(container, list);
      if (container.path("restartPolicy").asText("").equals("Always")) {
        sidecars = sidecars.plus(own);
        starting = starting.max(sidecars);
      } else {
        starting = starting.max(sidecars.plus(own));
      }
    }
    return running.plus(sidecars).max(starting);
  }

  private static Amounts amounts(JsonNode container, String list) {
    return Amounts.of(container.path("resources").path(list));
  }
}
