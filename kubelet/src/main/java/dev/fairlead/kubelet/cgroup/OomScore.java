package dev.fairlead.kubelet.cgroup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.quantity.Quantity;

/**
 * Who goes first when the machine itself has no memory left ({@code oom_score_adj}; upstream:
 * {@code pkg/kubelet/qos/policy.go}).
 */
public final class OomScore {
  private static final int GUARANTEED = -997;
  private static final int BEST_EFFORT = 1000;

  private OomScore() {}

  /**
   * The score of a container.
   *
   * @param resources of the container, as they stand
   * @param memoryBytes of the node; 0 when unknown
   */
  public static int of(String qosClass, JsonNode resources, long memoryBytes) {
    return switch (qosClass) {
      case "Guaranteed" -> GUARANTEED;
      case "BestEffort" -> BEST_EFFORT;
      default -> burstable(resources, memoryBytes);
    };
  }

  /** The more of the node a container asks for, the later it goes. */
  private static int burstable(JsonNode resources, long memoryBytes) {
    JsonNode request = resources.path("requests").path("memory");
    long asked = request.isMissingNode() ? 0 : Quantity.parse(request.asText()).value();
    long share = memoryBytes == 0 ? 0 : (long) (1000.0 * asked / memoryBytes);
    return (int) Math.clamp(BEST_EFFORT - share, BEST_EFFORT + GUARANTEED, BEST_EFFORT - 1);
  }
}
