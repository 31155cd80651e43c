package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Deployments and ReplicaSets have in common: replicas, a selector and a template. */
final class WorkloadValidation {
  private WorkloadValidation() {}

  static List<FieldError> validate(JsonNode spec) {
    List<FieldError> errors = new ArrayList<>();
    notNegative(spec, "replicas", errors);
    notNegative(spec, "minReadySeconds", errors);
    selector(spec, errors);
    JsonNode template = spec.path("template");
    errors.addAll(
        MetaValidation.labels(
            template.path("metadata").path("labels"), "spec.template.metadata.labels"));
    errors.addAll(PodValidation.spec(template.path("spec"), "spec.template.spec"));
    String restart = template.path("spec").path("restartPolicy").asText("Always");
    if (restart.equals("OnFailure") || restart.equals("Never")) {
      errors.add(
          FieldError.notSupported("spec.template.spec.restartPolicy", restart, List.of("Always")));
    }
    if (template.path("spec").has("activeDeadlineSeconds")) {
      errors.add(
          FieldError.forbidden(
              "spec.template.spec.activeDeadlineSeconds",
              "activeDeadlineSeconds in ReplicaSet is not Supported"));
    }
    return errors;
  }

  static List<FieldError> update(JsonNode spec, JsonNode old) {
    List<FieldError> errors = new ArrayList<>(validate(spec));
    if (!Trees.same(spec.path("selector"), old.path("selector"))) {
      errors.add(FieldError.invalid("spec.selector", spec.path("selector"), "field is immutable"));
    }
    return errors;
  }

  static void notNegative(JsonNode spec, String field, List<FieldError> errors) {
    if (spec.path(field).asLong(0) < 0) {
      errors.add(
          FieldError.invalid(
              "spec." + field, spec.path(field), "must be greater than or equal to 0"));
    }
  }

  private static void selector(JsonNode spec, List<FieldError> errors) {
    JsonNode selector = spec.path("selector");
    if (!selector.isObject()) {
      errors.add(FieldError.required("spec.selector", ""));
      return;
    }
    SelectorValidation.validate(selector, "spec.selector", errors);
    boolean empty =
        selector.path("matchLabels").isEmpty() && selector.path("matchExpressions").isEmpty();
    if (empty) {
      errors.add(
          FieldError.invalid(
              "spec.selector", Json.object(), "empty selector is invalid for deployment"));
      return;
    }
    JsonNode labels = spec.path("template").path("metadata").path("labels");
    if (SelectorValidation.readable(selector)
        && !LabelSelector.ofTree(selector).matches(strings(labels))) {
      JsonNode shown = labels.isObject() ? labels : Json.object();
      errors.add(
          FieldError.invalid(
              "spec.template.metadata.labels",
              shown,
              "`selector` does not match template `labels`"));
    }
  }

  private static Map<String, String> strings(JsonNode labels) {
    Map<String, String> strings = new HashMap<>();
    labels.properties().forEach(label -> strings.put(label.getKey(), label.getValue().asText()));
    return strings;
  }
}
