package dev.fairlead.apiserver.tables;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.util.List;

/** The columns of {@code metrics.k8s.io}. */
final class MetricsCells {
  private MetricsCells() {}

  static List<Column> node() {
    return List.of(
        Column.objectName(),
        Column.text("cpu", (each, now) -> each.tree().at("/usage/cpu").asText()),
        Column.text("memory", (each, now) -> each.tree().at("/usage/memory").asText()),
        window());
  }

  static List<Column> pod() {
    return List.of(
        Column.objectName(),
        Column.text("cpu", (each, now) -> sum(each, "cpu", "n")),
        Column.text("memory", (each, now) -> sum(each, "memory", "Ki")),
        window());
  }

  private static Column window() {
    return Column.text("Window", (each, now) -> each.tree().path("window").asText());
  }

  private static String sum(Document pod, String resource, String unit) {
    long sum = 0;
    for (JsonNode container : pod.tree().path("containers")) {
      String text = container.path("usage").path(resource).asText("0" + unit);
      sum += Long.parseLong(text.substring(0, text.length() - unit.length()));
    }
    return sum + unit;
  }
}
