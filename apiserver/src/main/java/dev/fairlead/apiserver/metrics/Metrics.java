package dev.fairlead.apiserver.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes {@code NodeMetrics} and {@code PodMetrics} of a kubelet's figures. */
final class Metrics {
  private static final long WINDOW_MILLIS_DEFAULT = 15_000;

  private Metrics() {}

  /** A node's; null when its figures say nothing about it. */
  static @Nullable Document node(Document node, JsonNode summary) {
    JsonNode figures = summary.path("node");
    if (!figures.has("cpu")) {
      return null;
    }
    ObjectNode tree = head(Kinds.NODE_METRICS, node, figures);
    tree.set("usage", usage(figures));
    return Document.of(tree);
  }

  /** A pod's; null when its figures are missing, or not all of its running containers have some. */
  static @Nullable Document pod(Document pod, JsonNode summary) {
    for (JsonNode each : summary.path("pods")) {
      if (each.path("podRef").path("uid").asText().equals(pod.meta().uid())) {
        return pod(pod, each.path("containers"), Kinds.POD_METRICS);
      }
    }
    return null;
  }

  private static @Nullable Document pod(Document pod, JsonNode containers, ResourceType type) {
    if (containers.isEmpty()) {
      return null;
    }
    ObjectNode tree = head(type, pod, containers.get(0));
    Map<String, JsonNode> byName = new HashMap<>();
    containers.forEach(each -> byName.put(each.path("name").asText(), each));
    ArrayNode list = tree.putArray("containers");
    for (String field : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      for (JsonNode container : pod.spec().path(field)) {
        String name = container.path("name").asText();
        JsonNode figures = byName.get(name);
        if (figures != null) {
          list.addObject().put("name", name).set("usage", usage(figures));
        }
      }
    }
    return Document.of(tree);
  }

  private static ObjectNode head(ResourceType type, Document of, JsonNode figures) {
    ObjectNode tree = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
    ObjectNode metadata = tree.putObject("metadata").put("name", of.name());
    if (type.namespaced()) {
      metadata.put("namespace", of.namespace());
    }
    Instant at = Instant.parse(figures.path("cpu").path("time").asText());
    String time = at.truncatedTo(ChronoUnit.SECONDS).toString();
    metadata.put("creationTimestamp", time);
    if (!of.meta().labels().isEmpty()) {
      ObjectNode labels = metadata.putObject("labels");
      of.meta().labels().forEach(labels::put);
    }
    return tree.put("timestamp", time).put("window", window(figures.path("cpu")));
  }

  /** As Go writes a duration. */
  private static String window(JsonNode cpu) {
    long millis = cpu.path("windowMilliseconds").asLong(WINDOW_MILLIS_DEFAULT);
    long seconds = millis / 1000;
    String fraction = millis % 1000 == 0 ? "" : ".%03d".formatted(millis % 1000);
    String own = seconds % 60 + fraction.replaceAll("0+$", "") + "s";
    String minutes = seconds >= 60 ? seconds / 60 % 60 + "m" : "";
    return (seconds >= 3600 ? seconds / 3600 + "h" : "") + minutes + own;
  }

  private static ObjectNode usage(JsonNode figures) {
    return Json.object()
        .put("cpu", figures.path("cpu").path("usageNanoCores").asLong() + "n")
        .put("memory", figures.path("memory").path("workingSetBytes").asLong() / 1024 + "Ki");
  }
}
