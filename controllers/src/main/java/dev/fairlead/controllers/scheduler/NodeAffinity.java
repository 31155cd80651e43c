package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which nodes a pod asks for: {@code spec.nodeSelector} and its required node affinity. */
public final class NodeAffinity {
  private NodeAffinity() {}

  /**
   * Whether a pod may go to a node.
   *
   * @param spec of the pod
   */
  public static boolean matches(JsonNode spec, Document node) {
    return selected(spec.path("nodeSelector"), node.meta().labels())
        && required(
            spec.path("affinity")
                .path("nodeAffinity")
                .path("requiredDuringSchedulingIgnoredDuringExecution"),
            node);
  }

  /** The weights of the preferred terms that a node satisfies, all together. */
  static long preference(JsonNode spec, Document node) {
    JsonNode preferred =
        spec.path("affinity")
            .path("nodeAffinity")
            .path("preferredDuringSchedulingIgnoredDuringExecution");
    long sum = 0;
    for (JsonNode each : preferred) {
      if (term(each.path("preference"), node)) {
        sum += each.path("weight").asInt(0);
      }
    }
    return sum;
  }

  private static boolean selected(JsonNode selector, Map<String, String> labels) {
    return selector
        .propertyStream()
        .allMatch(each -> each.getValue().asText().equals(labels.get(each.getKey())));
  }

  /** The terms are alternatives; one without requirements selects nothing. */
  private static boolean required(JsonNode required, Document node) {
    if (!required.isObject()) {
      return true;
    }
    for (JsonNode term : required.path("nodeSelectorTerms")) {
      if (term(term, node)) {
        return true;
      }
    }
    return false;
  }

  private static boolean term(JsonNode term, Document node) {
    JsonNode labels = term.path("matchExpressions");
    JsonNode fields = term.path("matchFields");
    if (labels.isEmpty() && fields.isEmpty()) {
      return false;
    }
    for (JsonNode each : labels) {
      if (!matches(each, node.meta().labels().get(each.path("key").asText()))) {
        return false;
      }
    }
    for (JsonNode each : fields) {
      boolean name = each.path("key").asText().equals("metadata.name");
      if (!name || !matches(each, node.name())) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(JsonNode requirement, @Nullable String value) {
    JsonNode values = requirement.path("values");
    return switch (requirement.path("operator").asText()) {
      case "In" -> value != null && contains(values, value);
      case "NotIn" -> value == null || !contains(values, value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "Gt" -> compare(value, values) > 0;
      case "Lt" -> compare(value, values) < 0;
      default -> false;
    };
  }

  private static boolean contains(JsonNode values, String value) {
    for (JsonNode each : values) {
      if (each.asText().equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** 0, which satisfies neither Gt nor Lt, when either side is no number. */
  private static int compare(@Nullable String value, JsonNode values) {
    try {
      return value == null || values.size() != 1
          ? 0
          : Long.compare(Long.parseLong(value), Long.parseLong(values.get(0).asText()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
