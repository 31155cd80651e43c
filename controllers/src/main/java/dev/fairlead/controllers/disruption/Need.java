package dev.fairlead.controllers.disruption;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a budget demands (API: {@code policy/v1 PodDisruptionBudgetSpec}).
 *
 * @param expected pods that there should be
 * @param healthy of these, so many must stay healthy
 */
record Need(int expected, int healthy) {

  /** Whether the wanted number of pods counts, not only those that there are. */
  static boolean dependsOnScale(JsonNode spec) {
    return spec.has("maxUnavailable") || spec.path("minAvailable").isTextual();
  }

  /**
   * The demand of a spec; percentages round up.
   *
   * @param pods how many it selects now
   * @param scale how many their controllers want
   */
  static Need of(JsonNode spec, int pods, int scale) {
    if (spec.has("maxUnavailable")) {
      return new Need(scale, Math.max(0, scale - count(spec.path("maxUnavailable"), scale)));
    }
    if (spec.path("minAvailable").isTextual()) {
      return new Need(scale, count(spec.path("minAvailable"), scale));
    }
    return new Need(pods, spec.path("minAvailable").asInt(0));
  }

  private static int count(JsonNode value, int all) {
    if (!value.isTextual()) {
      return value.asInt(0);
    }
    String text = value.asText();
    long share = Long.parseLong(text.substring(0, text.length() - 1));
    return (int) Math.ceilDiv(share * all, 100L);
  }
}
