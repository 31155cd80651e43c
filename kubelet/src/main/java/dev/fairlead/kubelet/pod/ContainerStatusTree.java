package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.view.Container;
import dev.fairlead.kubelet.pod.ContainerState.Running;
import dev.fairlead.kubelet.pod.ContainerState.Terminated;
import dev.fairlead.kubelet.pod.ContainerState.Waiting;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one container's status is written (API: {@code core/v1 ContainerStatus}). */
final class ContainerStatusTree {
  private static final Set<String> RECURSIVE = Set.of("Enabled", "IfPossible");

  private ContainerStatusTree() {}

  /**
   * Writes one.
   *
   * @param container as it was granted
   * @param init whether it must end before others start
   * @param actual what it is held to while it runs; null when the node cannot tell
   */
  static ObjectNode of(
      Container container, ContainerStatus status, boolean init, @Nullable JsonNode actual) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    boolean ran = !status.containerId().isEmpty();
    JsonNode requests = container.resources().path("requests");
    if (ran && !requests.isEmpty()) {
      node.set("allocatedResources", requests);
    }
    if (ran) {
      node.put("containerID", status.containerId());
    }
    node.put("image", status.image()).put("imageID", status.imageId());
    ObjectNode last = node.putObject("lastState");
    Terminated before = status.last();
    if (before != null) {
      write(before, last);
    }
    Terminated ended = status.ended();
    boolean initDone = init && ended != null && ended.exitCode() == 0;
    node.put("name", status.name()).put("ready", init ? initDone : status.ready());
    JsonNode resources = status.running() ? actual : container.resources();
    if (ran && resources != null) {
      node.set("resources", resources.isObject() ? resources : node.objectNode());
    }
    node.put("restartCount", status.restartCount()).put("started", status.started());
    write(status.state(), node.putObject("state"));
    if (!container.volumeMounts().isEmpty()) {
      container.volumeMounts().forEach(each -> mount(each, node.withArrayProperty("volumeMounts")));
    }
    return node;
  }

  private static void write(ContainerState state, ObjectNode into) {
    switch (state) {
      case Waiting waiting -> {
        ObjectNode node = into.putObject("waiting");
        if (!waiting.message().isEmpty()) {
          node.put("message", waiting.message());
        }
        node.put("reason", waiting.reason());
      }
      case Running running ->
          into.putObject("running").put("startedAt", Timestamps.seconds(running.startedAt()));
      case Terminated ended -> {
        ObjectNode node = into.putObject("terminated");
        if (!ended.containerId().isEmpty()) {
          node.put("containerID", ended.containerId());
        }
        node.put("exitCode", ended.exitCode());
        node.put("finishedAt", Timestamps.seconds(ended.finishedAt()));
        if (!ended.message().isEmpty()) {
          node.put("message", ended.message());
        }
        node.put("reason", ended.reason());
        node.put("startedAt", Timestamps.seconds(ended.startedAt()));
      }
    }
  }

  /** A mount as the container has it (KEP-3857). */
  private static void mount(JsonNode wanted, ArrayNode into) {
    ObjectNode node = into.addObject();
    for (String field : List.of("mountPath", "name")) {
      node.put(field, wanted.path(field).asText(""));
    }
    if (wanted.path("readOnly").asBoolean(false)) {
      boolean recursive = RECURSIVE.contains(wanted.path("recursiveReadOnly").asText(""));
      node.put("readOnly", true).put("recursiveReadOnly", recursive ? "Enabled" : "Disabled");
    }
  }
}
