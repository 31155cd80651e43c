package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.List;

/** What a {@code LabelSelector} object must look like. */
final class SelectorValidation {
  private static final List<String> OPERATORS = List.of("In", "NotIn", "Exists", "DoesNotExist");

  private SelectorValidation() {}

  static void validate(JsonNode selector, String path, List<FieldError> errors) {
    errors.addAll(MetaValidation.labels(selector.path("matchLabels"), path + ".matchLabels"));
    int index = 0;
    for (JsonNode expression : selector.path("matchExpressions")) {
      expression(expression, "%s.matchExpressions[%d]".formatted(path, index++), errors);
    }
  }

  /** Whether the selector's operators can be read. */
  static boolean readable(JsonNode selector) {
    for (JsonNode expression : selector.path("matchExpressions")) {
      if (!OPERATORS.contains(expression.path("operator").asText(""))) {
        return false;
      }
    }
    return true;
  }

  private static void expression(JsonNode expression, String path, List<FieldError> errors) {
    boolean values = !expression.path("values").isEmpty();
    switch (expression.path("operator").asText("")) {
      case "In", "NotIn" -> {
        if (!values) {
          errors.add(
              FieldError.required(
                  path + ".values", "must be specified when `operator` is 'In' or 'NotIn'"));
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (values) {
          errors.add(
              FieldError.forbidden(
                  path + ".values",
                  "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
        }
      }
      default ->
          errors.add(
              FieldError.invalid(
                  path + ".operator",
                  expression.path("operator").asText(""),
                  "not a valid selector operator"));
    }
    String key = expression.path("key").asText("");
    Names.qualifiedName(key)
        .ifPresent(why -> errors.add(FieldError.invalid(path + ".key", key, why)));
  }
}
