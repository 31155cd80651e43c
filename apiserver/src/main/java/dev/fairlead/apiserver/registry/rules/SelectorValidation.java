package dev.fairlead.apiserver.registry.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.List;

/** What a {@code LabelSelector} object must look like. */
public final class SelectorValidation {
  private SelectorValidation() {}

  /** Checks one; a missing one is good. */
  public static void validate(JsonNode selector, String path, List<FieldError> errors) {
    errors.addAll(MetaValidation.labels(selector.path("matchLabels"), path + ".matchLabels"));
    int index = 0;
    for (JsonNode expression : selector.path("matchExpressions")) {
      expression(expression, "%s.matchExpressions[%d]".formatted(path, index++), errors);
    }
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
        .forEach(why -> errors.add(FieldError.invalid(path + ".key", key, why)));
    for (int i = 0; i < expression.path("values").size(); i++) {
      String value = expression.path("values").get(i).asText();
      String where = "%s.values[%d]".formatted(path, i);
      Names.labelValue(value).forEach(why -> errors.add(FieldError.invalid(where, value, why)));
    }
  }
}
