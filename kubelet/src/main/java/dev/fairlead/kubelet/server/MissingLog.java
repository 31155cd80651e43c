package dev.fairlead.kubelet.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.util.List;

/** Why a container has no log, in upstream's words ({@code validateContainerLogStatus}). */
final class MissingLog {
  private static final List<String> STATUSES =
      List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses");

  private MissingLog() {}

  /**
   * Why.
   *
   * @param pod with its status
   * @param previous whether the log of the run before is asked for
   */
  static String why(Document pod, String container, boolean previous) {
    if (previous) {
      return "previous terminated container \"%s\" in pod \"%s\" not found"
          .formatted(container, pod.name());
    }
    return "container \"%s\" in pod \"%s\" is %s"
        .formatted(container, pod.name(), state(status(pod, container)));
  }

  private static String state(JsonNode status) {
    if (status.isMissingNode()) {
      return "not available";
    }
    if (status.at("/state/terminated").isObject()
        || status.at("/lastState/terminated").isObject()) {
      return "terminated";
    }
    String reason = status.at("/state/waiting/reason").asText("");
    return switch (reason) {
      case "" -> "waiting to start - no logs yet";
      case "ErrImagePull" -> "waiting to start: image can't be pulled";
      case "ImagePullBackOff" -> "waiting to start: trying and failing to pull image";
      default -> "waiting to start: " + reason;
    };
  }

  private static JsonNode status(Document pod, String container) {
    for (String list : STATUSES) {
      for (JsonNode status : pod.status().path(list)) {
        if (status.path("name").asText("").equals(container)) {
          return status;
        }
      }
    }
    return pod.status().path("");
  }
}
