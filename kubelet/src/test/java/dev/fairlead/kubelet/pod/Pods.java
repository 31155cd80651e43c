package dev.fairlead.kubelet.pod;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.pod.ContainerState.Running;
import dev.fairlead.kubelet.pod.ContainerState.Terminated;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Pods and statuses in short: {@code c=running d=0 e=wait f=crash}. */
final class Pods {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private Pods() {}

  /** A pod from JSON with single quotes. */
  static Pod of(String json) {
    return Pod.of(Document.of(Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))));
  }

  /** A pod with an init container {@code i} or none, and containers {@code c} and {@code d}. */
  static Pod of(String policy, boolean init) {
    return of(
        "{'metadata':{'name':'p','namespace':'default','uid':'u'},'spec':{'restartPolicy':'"
            + policy
            + "',"
            + (init ? "'initContainers':[{'name':'i','image':'x'}]," : "")
            + "'containers':[{'name':'c','image':'x'},{'name':'d','image':'x'}]}}");
  }

  /** Sidecars {@code a} and {@code b} with the init container {@code i} between them; {@code c}. */
  static Pod withSidecars(String policy) {
    return of(
        "{'spec':{'restartPolicy':'"
            + policy
            + "','initContainers':[{'name':'a','image':'x','restartPolicy':'Always'},"
            + "{'name':'i','image':'x'},{'name':'b','image':'x','restartPolicy':'Always'}],"
            + "'containers':[{'name':'c','image':'x'}]}}");
  }

  /** The names of those that have run or do. */
  static Set<String> begun(Map<String, ContainerStatus> statuses) {
    return statuses.values().stream()
        .filter(each -> each.running() || each.ended() != null)
        .map(ContainerStatus::name)
        .collect(Collectors.toSet());
  }

  static Map<String, ContainerStatus> statuses(String text) {
    Map<String, ContainerStatus> result = new LinkedHashMap<>();
    for (String each : text.isEmpty() ? new String[0] : text.split(" ")) {
      String[] parts = each.split("=");
      ContainerStatus fresh = ContainerStatus.created(parts[0], "x", false);
      ContainerStatus status =
          switch (parts[1]) {
            case "wait" -> fresh;
            case "starting" -> fresh.running("x", "", "", new Running(NOW));
            case "running" -> fresh.running("x", "", "", new Running(NOW)).marked(true, false);
            case "ready" -> fresh.running("x", "", "", new Running(NOW)).marked(true, true);
            case "crash" -> fresh.terminated(end(1)).waiting("CrashLoopBackOff", "");
            default -> fresh.terminated(end(Integer.parseInt(parts[1])));
          };
      result.put(parts[0], status);
    }
    return result;
  }

  private static Terminated end(int code) {
    return new Terminated(code, code == 0 ? "Completed" : "Error", "", NOW, NOW, "");
  }
}
