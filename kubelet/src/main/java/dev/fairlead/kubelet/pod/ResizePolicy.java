package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.view.Container;

/** Whether a change of a container's resources restarts it (API: {@code resizePolicy}). */
final class ResizePolicy {
  private ResizePolicy() {}

  /**
   * Decides.
   *
   * @param wanted the container with its new resources
   * @param before what it is held to
   */
  static boolean restarts(Container wanted, JsonNode before) {
    for (JsonNode policy : wanted.resizePolicy()) {
      String resource = policy.path("resourceName").asText("");
      if (policy.path("restartPolicy").asText("").equals("RestartContainer")
          && differs(resource, wanted.resources(), before)) {
        return true;
      }
    }
    return false;
  }

  private static boolean differs(String resource, JsonNode now, JsonNode before) {
    for (String list : new String[] {"limits", "requests"}) {
      if (!now.path(list).path(resource).equals(before.path(list).path(resource))) {
        return true;
      }
    }
    return false;
  }
}
