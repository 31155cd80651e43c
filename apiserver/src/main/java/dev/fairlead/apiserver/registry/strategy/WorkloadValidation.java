package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.SelectorValidation;
import dev.fairlead.apiserver.registry.strategy.pod.PodTemplateRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the workload kinds have in common: a selector and a template of pods (upstream {@code
 * apis/apps/validation}). Errors come in upstream's order.
 */
final class WorkloadValidation {
  private WorkloadValidation() {}

  /** A selector that must be there, can be read and selects something. */
  static void selector(JsonNode spec, String whenEmpty, List<FieldError> errors) {
    JsonNode selector = spec.path("selector");
    if (!selector.isObject()) {
      errors.add(FieldError.required("spec.selector", ""));
      return;
    }
    SelectorValidation.validate(selector, "spec.selector", errors);
    notEmpty(selector, whenEmpty, errors);
  }

  /** A selector that selects everything is refused. */
  static void notEmpty(JsonNode selector, String whenEmpty, List<FieldError> errors) {
    boolean empty =
        selector.path("matchLabels").isEmpty() && selector.path("matchExpressions").isEmpty();
    if (empty && selector.isObject()) {
      errors.add(FieldError.invalid("spec.selector", Json.object(), whenEmpty));
    }
  }

  /** Whether a selector can be used; one that is missing can, and selects nothing. */
  static boolean usable(JsonNode selector) {
    List<FieldError> errors = new ArrayList<>();
    SelectorValidation.validate(selector, "spec.selector", errors);
    return errors.isEmpty();
  }

  /** The template's pods must be selected. */
  static void selected(JsonNode spec, LabelSelector selector, List<FieldError> errors) {
    JsonNode labels = spec.path("template").path("metadata").path("labels");
    if (!selector.matches(strings(labels))) {
      errors.add(
          FieldError.invalid(
              "spec.template.metadata.labels",
              labels.isObject() ? labels : Json.object(),
              "`selector` does not match template `labels`"));
    }
  }

  /**
   * Pods that are kept running restart always and have no deadline.
   *
   * @param kind as the message names it
   */
  static void keptRunning(JsonNode spec, String kind, List<FieldError> errors) {
    JsonNode pod = spec.path("template").path("spec");
    String restart = pod.path("restartPolicy").asText("");
    if (!restart.equals("Always")) {
      errors.add(
          FieldError.notSupported("spec.template.spec.restartPolicy", restart, List.of("Always")));
    }
    if (pod.has("activeDeadlineSeconds")) {
      errors.add(
          FieldError.forbidden(
              "spec.template.spec.activeDeadlineSeconds",
              "activeDeadlineSeconds in %s is not Supported".formatted(kind)));
    }
  }

  /** Selector and template as ReplicaSets and Deployments have them. */
  static void replicated(JsonNode spec, List<FieldError> errors) {
    selector(spec, "empty selector is invalid for deployment", errors);
    JsonNode selector = spec.path("selector");
    if (!usable(selector)) {
      errors.add(FieldError.invalid("spec.selector", selector, "invalid label selector"));
      return;
    }
    selected(spec, LabelSelector.ofTree(selector), errors);
    errors.addAll(PodTemplateRules.validate(spec.path("template"), "spec.template"));
    keptRunning(spec, "ReplicaSet", errors);
  }

  /** The selector of {@code apps/v1} kinds never changes. */
  static void fixedSelector(JsonNode spec, JsonNode old, List<FieldError> errors) {
    if (!Trees.same(spec.path("selector"), old.path("selector"))) {
      errors.add(FieldError.invalid("spec.selector", spec.path("selector"), "field is immutable"));
    }
  }

  static Map<String, String> strings(JsonNode labels) {
    Map<String, String> strings = new HashMap<>();
    labels.properties().forEach(label -> strings.put(label.getKey(), label.getValue().asText()));
    return strings;
  }
}
