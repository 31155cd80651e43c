package dev.fairlead.apiserver.tables;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the columns READY, STATUS and RESTARTS of a pod say, by upstream's rules: the first init
 * container that is not done speaks for the pod; else the first container with something to report.
 */
record PodCells(int ready, int total, String status, int restarts, @Nullable Instant lastRestart) {
  private static final JsonPointer TERMINATED = JsonPointer.compile("/state/terminated");
  private static final JsonPointer WAITING = JsonPointer.compile("/state/waiting/reason");
  private static final JsonPointer RUNNING = JsonPointer.compile("/state/running");
  private static final JsonPointer FINISHED =
      JsonPointer.compile("/lastState/terminated/finishedAt");

  static PodCells of(Document pod) {
    return new Reader(pod).read();
  }

  String readyText() {
    return ready + "/" + total;
  }

  String restartsText(Instant now) {
    return restarts == 0 || lastRestart == null
        ? String.valueOf(restarts)
        : "%d (%s ago)".formatted(restarts, Ages.human(Duration.between(lastRestart, now)));
  }

  private static final class Reader {
    private final Document pod;
    private final JsonNode initSpecs;
    private int ready;
    private int restarts;
    private @Nullable Instant lastRestart;
    private int sidecarRestarts;
    private @Nullable Instant lastSidecarRestart;
    private String reason;

    Reader(Document pod) {
      this.pod = pod;
      this.initSpecs = pod.spec().path("initContainers");
      String why = pod.status().path("reason").asText("");
      this.reason = why.isEmpty() ? pod.status().path("phase").asText("") : why;
    }

    PodCells read() {
      for (JsonNode condition : pod.status().path("conditions")) {
        if (is(condition, "type", "PodScheduled") && is(condition, "reason", "SchedulingGated")) {
          reason = "SchedulingGated";
        }
      }
      boolean initializing = initContainers();
      if (!initializing || condition("Initialized")) {
        restarts = sidecarRestarts;
        lastRestart = lastSidecarRestart;
        containers();
      }
      deletion();
      int total = pod.spec().path("containers").size();
      for (JsonNode spec : initSpecs) {
        total += sidecar(spec) ? 1 : 0;
      }
      return new PodCells(ready, total, reason, restarts, lastRestart);
    }

    private boolean initContainers() {
      JsonNode statuses = pod.status().path("initContainerStatuses");
      for (int i = 0; i < statuses.size(); i++) {
        JsonNode status = statuses.get(i);
        restarts += status.path("restartCount").asInt();
        lastRestart = later(lastRestart, finished(status));
        boolean sidecar = sidecar(spec(status.path("name").asText()));
        if (sidecar) {
          sidecarRestarts += status.path("restartCount").asInt();
          lastSidecarRestart = later(lastSidecarRestart, finished(status));
        }
        if (!initDone(status, sidecar)) {
          reason = "Init:" + initReason(status, i);
          return true;
        }
      }
      return false;
    }

    private boolean initDone(JsonNode status, boolean sidecar) {
      JsonNode terminated = status.at(TERMINATED);
      if (terminated.isObject() && terminated.path("exitCode").asInt() == 0) {
        return true;
      }
      boolean running = sidecar && status.path("started").asBoolean();
      if (running && status.path("ready").asBoolean()) {
        ready++;
      }
      return running;
    }

    private String initReason(JsonNode status, int index) {
      JsonNode terminated = status.at(TERMINATED);
      String waiting = status.at(WAITING).asText("");
      if (terminated.isObject()) {
        return ended(terminated);
      }
      return waiting.isEmpty() || waiting.equals("PodInitializing")
          ? index + "/" + initSpecs.size()
          : waiting;
    }

    private void containers() {
      boolean running = false;
      JsonNode statuses = pod.status().path("containerStatuses");
      for (int i = statuses.size() - 1; i >= 0; i--) {
        JsonNode status = statuses.get(i);
        restarts += status.path("restartCount").asInt();
        lastRestart = later(lastRestart, finished(status));
        JsonNode terminated = status.at(TERMINATED);
        String waiting = status.at(WAITING).asText("");
        if (!waiting.isEmpty()) {
          reason = waiting;
        } else if (terminated.isObject()) {
          reason = ended(terminated);
        } else if (status.path("ready").asBoolean() && status.at(RUNNING).isObject()) {
          running = true;
          ready++;
        }
      }
      if (reason.equals("Completed") && running) {
        reason = condition("Ready") ? "Running" : "NotReady";
      }
    }

    private void deletion() {
      if (!pod.meta().deleting()) {
        return;
      }
      if (is(pod.status(), "reason", "NodeLost")) {
        reason = "Unknown";
      } else if (!Set.of("Succeeded", "Failed").contains(pod.status().path("phase").asText())) {
        reason = "Terminating";
      }
    }

    private static String ended(JsonNode terminated) {
      String why = terminated.path("reason").asText("");
      if (!why.isEmpty()) {
        return why;
      }
      int signal = terminated.path("signal").asInt();
      return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.path("exitCode").asInt();
    }

    private static @Nullable Instant finished(JsonNode status) {
      return Ages.parse(status.at(FINISHED).asText(""));
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
      return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    private boolean condition(String type) {
      for (JsonNode condition : pod.status().path("conditions")) {
        if (is(condition, "type", type)) {
          return is(condition, "status", "True");
        }
      }
      return false;
    }

    private @Nullable JsonNode spec(String name) {
      for (JsonNode spec : initSpecs) {
        if (is(spec, "name", name)) {
          return spec;
        }
      }
      return null;
    }

    private static boolean sidecar(@Nullable JsonNode spec) {
      return spec != null && is(spec, "restartPolicy", "Always");
    }

    private static boolean is(JsonNode node, String field, String value) {
      return node.path(field).asText("").equals(value);
    }
  }
}
