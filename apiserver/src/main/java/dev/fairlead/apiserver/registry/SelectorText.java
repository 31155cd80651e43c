package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeSet;

/** A {@code LabelSelector} object in the query form, sorted as upstream prints it. */
final class SelectorText {
  private SelectorText() {}

  static String of(JsonNode selector) {
    TreeSet<String> terms = new TreeSet<>();
    for (Map.Entry<String, JsonNode> label : selector.path("matchLabels").properties()) {
      terms.add(label.getKey() + "=" + label.getValue().asText());
    }
    selector.path("matchExpressions").forEach(each -> terms.add(term(each)));
    return String.join(",", terms);
  }

  private static String term(JsonNode expression) {
    String key = expression.path("key").asText();
    TreeSet<String> values = new TreeSet<>();
    expression.path("values").forEach(value -> values.add(value.asText()));
    String list = "(" + String.join(",", values) + ")";
    return switch (expression.path("operator").asText()) {
      case "In" -> key + " in " + list;
      case "NotIn" -> key + " notin " + list;
      case "DoesNotExist" -> "!" + key;
      default -> key;
    };
  }
}
