package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;

/** A taint of a node (API: {@code core/v1 Taint}). */
public record Taint(String key, String value, String effect) {

  /** Reads a taint. */
  public static Taint of(JsonNode node) {
    return new Taint(
        node.path("key").asText(""), node.path("value").asText(""), node.path("effect").asText(""));
  }

  /** Whether it keeps new pods away. */
  public boolean keepsAway() {
    return effect.equals("NoSchedule") || effect.equals("NoExecute");
  }

  /** Whether it ends pods that are there. */
  public boolean drivesOut() {
    return effect.equals("NoExecute");
  }

  /** Whether one of these tolerations (API: {@code core/v1 Toleration}) tolerates it. */
  public boolean tolerated(JsonNode tolerations) {
    for (JsonNode toleration : tolerations) {
      if (toleratedBy(toleration)) {
        return true;
      }
    }
    return false;
  }

  private boolean toleratedBy(JsonNode toleration) {
    String wantedEffect = toleration.path("effect").asText("");
    String wantedKey = toleration.path("key").asText("");
    boolean exists = toleration.path("operator").asText("Equal").equals("Exists");
    boolean effectMatches = wantedEffect.isEmpty() || wantedEffect.equals(effect);
    boolean keyMatches = wantedKey.isEmpty() ? exists : wantedKey.equals(key);
    return effectMatches
        && keyMatches
        && (exists || toleration.path("value").asText("").equals(value));
  }
}
