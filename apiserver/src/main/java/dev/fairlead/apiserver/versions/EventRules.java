package dev.fairlead.apiserver.versions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code events.k8s.io/v1} demands and {@code v1} does not (upstream {@code
 * ValidateEventCreate} and {@code ValidateEventUpdate}). Events are given as {@code v1}, whose
 * names the errors use.
 */
final class EventRules {
  private static final int TEXT_MAX = 128;
  private static final int MESSAGE_MAX = 1024;
  private static final List<String> FIXED =
      List.of(
          "involvedObject",
          "reason",
          "message",
          "source",
          "firstTimestamp",
          "lastTimestamp",
          "count",
          "type",
          "eventTime",
          "action",
          "related",
          "reportingComponent",
          "reportingInstance");

  private EventRules() {}

  /** Refuses a new event that lacks something, with 422. */
  static void create(Document event) {
    JsonNode tree = event.tree();
    List<FieldError> errors = new ArrayList<>();
    if (text(tree, "eventTime").isEmpty()) {
      errors.add(FieldError.required("eventTime", ""));
    }
    series(tree.path("series"), errors);
    String controller = text(tree, "reportingComponent");
    if (controller.isEmpty()) {
      errors.add(FieldError.required("reportingController", ""));
    } else {
      Names.qualifiedName(controller)
          .forEach(why -> errors.add(FieldError.invalid("reportingController", controller, why)));
    }
    for (String field : List.of("reportingInstance", "action", "reason")) {
      required(field, text(tree, field), errors);
    }
    if (text(tree, "message").length() > MESSAGE_MAX) {
      errors.add(
          FieldError.invalid(
              "message", "", "can have at most %d characters".formatted(MESSAGE_MAX)));
    }
    String type = text(tree, "type");
    if (!type.equals("Normal") && !type.equals("Warning")) {
      errors.add(FieldError.invalid("type", "", "has invalid value: " + type));
    }
    refuse(event, errors);
  }

  /** Refuses a change of anything but the series, with 422. */
  static void update(Document next, Document old) {
    List<FieldError> errors = new ArrayList<>();
    for (String field : FIXED) {
      JsonNode now = next.tree().path(field);
      if (!empty(now, old.tree().path(field)) && !Trees.same(now, old.tree().path(field))) {
        errors.add(FieldError.invalid(field, now, "field is immutable"));
      }
    }
    series(next.tree().path("series"), errors);
    refuse(next, errors);
  }

  /** An empty value and none are one. */
  private static boolean empty(JsonNode one, JsonNode other) {
    return one.isEmpty()
        && one.asText("").isEmpty()
        && other.isEmpty()
        && other.asText("").isEmpty();
  }

  private static void series(JsonNode series, List<FieldError> errors) {
    if (!series.isObject()) {
      return;
    }
    if (series.path("count").asLong(0) < 2) {
      errors.add(FieldError.invalid("series.count", "", "should be at least 2"));
    }
    if (text(series, "lastObservedTime").isEmpty()) {
      errors.add(FieldError.required("series.lastObservedTime", ""));
    }
  }

  private static void required(String field, String value, List<FieldError> errors) {
    if (value.isEmpty()) {
      errors.add(FieldError.required(field, ""));
    } else if (value.length() > TEXT_MAX) {
      errors.add(
          FieldError.invalid(field, "", "can have at most %d characters".formatted(TEXT_MAX)));
    }
  }

  private static String text(JsonNode tree, String field) {
    return tree.path(field).asText("");
  }

  private static void refuse(Document event, List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw ApiException.invalid(Kinds.EVENTS_EVENT, event.name(), errors);
    }
  }
}
