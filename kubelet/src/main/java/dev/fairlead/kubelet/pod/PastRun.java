package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.view.Container;
import dev.fairlead.kubelet.pod.ContainerState.Terminated;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an earlier kubelet wrote about a pod. Its processes are gone, so a container that ran
 * then has ended since; nobody knows how.
 */
final class PastRun {
  private static final int UNKNOWN_EXIT_CODE = 255;

  private PastRun() {}

  static Map<String, ContainerStatus> read(
      JsonNode status, Iterable<Container> containers, String field, Instant now) {
    Map<String, ContainerStatus> result = new LinkedHashMap<>();
    for (Container container : containers) {
      for (JsonNode known : status.path(field)) {
        if (known.path("name").asText().equals(container.name())) {
          ContainerStatus read = read(container, known, now);
          if (read != null) {
            result.put(container.name(), read);
          }
        }
      }
    }
    return result;
  }

  private static @Nullable ContainerStatus read(Container container, JsonNode known, Instant now) {
    Terminated ended = ended(known, now);
    if (ended == null) {
      return null;
    }
    return new ContainerStatus(
        container.name(),
        container.image(),
        known.path("imageID").asText(""),
        known.path("containerID").asText(""),
        ended,
        null,
        known.path("restartCount").asInt(0),
        false,
        false);
  }

  private static @Nullable Terminated ended(JsonNode known, Instant now) {
    JsonNode state = known.path("state");
    if (state.has("terminated")) {
      return terminated(state.path("terminated"), now);
    }
    if (state.has("running")) {
      return new Terminated(
          UNKNOWN_EXIT_CODE,
          "Unknown",
          "the node was stopped while the container ran",
          instant(state.path("running").path("startedAt"), now),
          now,
          known.path("containerID").asText(""));
    }
    JsonNode last = known.path("lastState").path("terminated");
    return last.isObject() ? terminated(last, now) : null;
  }

  private static Terminated terminated(JsonNode node, Instant now) {
    return new Terminated(
        node.path("exitCode").asInt(0),
        node.path("reason").asText("Error"),
        node.path("message").asText(""),
        instant(node.path("startedAt"), now),
        instant(node.path("finishedAt"), now),
        node.path("containerID").asText(""));
  }

  private static Instant instant(JsonNode node, Instant otherwise) {
    return node.isTextual() ? Instant.parse(node.asText()) : otherwise;
  }
}
