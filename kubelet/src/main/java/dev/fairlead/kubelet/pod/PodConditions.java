package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Computes {@code status.conditions} (upstream: {@code pkg/kubelet/status/generate.go}). */
final class PodConditions {
  private final Pod pod;
  private final Map<String, ContainerStatus> statuses;
  private final String phase;
  private final JsonNode before;
  private final Instant now;

  private record Verdict(boolean holds, String reason, String message) {
    static final Verdict TRUE = new Verdict(true, "", "");
  }

  /**
   * @param before the conditions that stand in the API now; those of others are kept
   */
  PodConditions(
      Pod pod, Map<String, ContainerStatus> statuses, String phase, JsonNode before, Instant now) {
    this.pod = pod;
    this.statuses = statuses;
    this.phase = phase;
    this.before = before;
    this.now = now;
  }

  ArrayNode all(boolean sandbox) {
    Verdict containers = containersReady();
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    Set<String> own = new HashSet<>();
    add(result, own, "PodReadyToStartContainers", new Verdict(sandbox, "", ""));
    add(result, own, "Initialized", initialized());
    add(result, own, "Ready", containers.holds() ? gates() : containers);
    add(result, own, "ContainersReady", containers);
    add(result, own, "PodScheduled", Verdict.TRUE);
    for (JsonNode other : before) {
      if (!own.contains(other.path("type").asText())) {
        result.add(other.deepCopy());
      }
    }
    return result;
  }

  private void add(ArrayNode result, Set<String> own, String type, Verdict verdict) {
    own.add(type);
    String status = verdict.holds() ? "True" : "False";
    ObjectNode condition = result.addObject();
    condition.put("type", type).put("status", status);
    JsonNode known = known(type);
    if (known.has("lastProbeTime")) { // Null where the server keeps nulls; nobody sets it.
      condition.set("lastProbeTime", known.get("lastProbeTime"));
    }
    condition.put("lastTransitionTime", since(known, status));
    if (!verdict.reason().isEmpty()) {
      condition.put("reason", verdict.reason());
    }
    if (!verdict.message().isEmpty()) {
      condition.put("message", verdict.message());
    }
  }

  private String since(JsonNode known, String status) {
    JsonNode time = known.path("lastTransitionTime");
    boolean same = known.path("status").asText().equals(status) && time.isTextual();
    return same ? time.asText() : Timestamps.seconds(now);
  }

  /** The condition as it stands; a missing node when it does not. */
  private JsonNode known(String type) {
    for (JsonNode condition : before) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  private Verdict initialized() {
    List<String> incomplete = new ArrayList<>();
    for (Container init : pod.initContainers()) {
      if (!complete(init)) {
        incomplete.add(init.name());
      }
    }
    if (phase.equals("Succeeded")) {
      return new Verdict(true, "PodCompleted", "");
    }
    if (incomplete.isEmpty() || begun()) {
      return Verdict.TRUE;
    }
    return new Verdict(
        false,
        "ContainersNotInitialized",
        "containers with incomplete status: " + list(incomplete));
  }

  private boolean complete(Container init) {
    ContainerStatus status = statuses.get(init.name());
    if (init.sidecar()) {
      return status != null && status.started();
    }
    ContainerState.Terminated ended = status == null ? null : status.ended();
    return ended != null && ended.exitCode() == 0;
  }

  /** A pod whose own containers have begun stays initialized, whatever its sidecars do. */
  private boolean begun() {
    for (Container container : pod.containers()) {
      ContainerStatus status = statuses.get(container.name());
      if (status != null && (status.running() || status.ended() != null)) {
        return true;
      }
    }
    return false;
  }

  private Verdict containersReady() {
    if (phase.equals("Succeeded")) {
      return new Verdict(false, "PodCompleted", "");
    }
    if (phase.equals("Failed")) {
      return new Verdict(false, "PodFailed", "");
    }
    List<String> unready =
        Stream.concat(
                pod.initContainers().stream().filter(Container::sidecar), pod.containers().stream())
            .map(Container::name)
            .filter(each -> !ready(each))
            .toList();
    return unready.isEmpty()
        ? Verdict.TRUE
        : new Verdict(
            false, "ContainersNotReady", "containers with unready status: " + list(unready));
  }

  private boolean ready(String container) {
    ContainerStatus status = statuses.get(container);
    return status != null && status.ready();
  }

  private Verdict gates() {
    List<String> messages = new ArrayList<>();
    for (String gate : pod.readinessGates()) {
      String status = statusOf(gate);
      if (status.isEmpty()) {
        messages.add(
            "corresponding condition of pod readiness gate \"%s\" does not exist.".formatted(gate));
      } else if (!status.equals("True")) {
        messages.add(
            "the status of pod readiness gate \"%s\" is not \"True\", but %s"
                .formatted(gate, status));
      }
    }
    return messages.isEmpty()
        ? Verdict.TRUE
        : new Verdict(false, "ReadinessGatesNotReady", String.join(", ", messages));
  }

  private String statusOf(String type) {
    return known(type).path("status").asText("");
  }

  private static String list(List<String> names) {
    return "[" + String.join(" ", names) + "]";
  }
}
