package dev.fairlead.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * A pod's {@code status.qosClass}, by the amounts of CPU and memory that its containers ask for and
 * are limited to (upstream: {@code ComputePodQOS}). Ephemeral containers have none of their own.
 */
public final class QosClass {
  public static final String BEST_EFFORT = "BestEffort";
  public static final String BURSTABLE = "Burstable";
  public static final String GUARANTEED = "Guaranteed";

  private static final Set<String> COUNTED = Set.of("cpu", "memory");

  private QosClass() {}

  /** The class of a pod with this {@code spec}; zero counts as not given. */
  public static String of(JsonNode spec) {
    Amounts requests = Amounts.NONE;
    Amounts limits = Amounts.NONE;
    boolean guaranteed = true;
    for (JsonNode container : PodAmounts.containers(spec)) {
      JsonNode resources = container.path("resources");
      Amounts limit = counted(resources.path("limits"));
      guaranteed &= limit.names().equals(COUNTED);
      limits = limits.plus(limit);
      requests = requests.plus(counted(resources.path("requests")));
    }
    if (requests.isEmpty() && limits.isEmpty()) {
      return BEST_EFFORT;
    }
    return guaranteed && requests.equals(limits) ? GUARANTEED : BURSTABLE;
  }

  private static Amounts counted(JsonNode list) {
    return Amounts.of(list).only(COUNTED).withoutZeros();
  }
}
