package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;

/** Which nodes a pod wants (upstream {@code validateNodeAffinity}). */
final class NodeAffinityRules {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
  private static final String NO_OPERATOR = "not a valid selector operator";

  private NodeAffinityRules() {}

  static void validate(JsonNode affinity, FieldPath path, Problems problems) {
    if (affinity.has(REQUIRED)) {
      JsonNode terms = affinity.path(REQUIRED).path("nodeSelectorTerms");
      FieldPath at = path.child(REQUIRED).child("nodeSelectorTerms");
      if (terms.isEmpty()) {
        problems.required(at, "must have at least one node selector term");
      }
      for (int i = 0; i < terms.size(); i++) {
        term(terms.get(i), true, at.index(i), problems);
      }
    }
    JsonNode preferred = affinity.path(PREFERRED);
    for (int i = 0; i < preferred.size(); i++) {
      FieldPath at = path.child(PREFERRED).index(i);
      PodAffinityRules.weight(preferred.get(i).path("weight"), at, problems);
      term(preferred.get(i).path("preference"), false, at.child("preference"), problems);
    }
  }

  /**
   * Checks one term.
   *
   * @param strict whether values must be such that a label can have them
   */
  private static void term(JsonNode term, boolean strict, FieldPath path, Problems problems) {
    JsonNode expressions = term.path("matchExpressions");
    for (int i = 0; i < expressions.size(); i++) {
      expression(expressions.get(i), strict, path.child("matchExpressions").index(i), problems);
    }
    JsonNode fields = term.path("matchFields");
    for (int i = 0; i < fields.size(); i++) {
      field(fields.get(i), path.child("matchFields").index(i), problems);
    }
  }

  private static void expression(
      JsonNode expression, boolean strict, FieldPath path, Problems problems) {
    JsonNode values = expression.path("values");
    String operator = Trees.text(expression, "operator");
    switch (operator) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          problems.required(
              path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          problems.forbidden(
              path.child("values"),
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case "Gt", "Lt" -> {
        if (values.size() != 1) {
          problems.required(
              path.child("values"),
              "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
      }
      default -> problems.invalid(path.child("operator"), operator, NO_OPERATOR);
    }
    problems.name(path.child("key"), Trees.text(expression, "key"), Names::qualifiedName);
    for (int i = 0; strict && i < values.size(); i++) {
      problems.name(path.child("values").index(i), values.get(i).asText(), Names::labelValue);
    }
  }

  private static void field(JsonNode requirement, FieldPath path, Problems problems) {
    JsonNode values = requirement.path("values");
    String operator = Trees.text(requirement, "operator");
    if (!operator.equals("In") && !operator.equals("NotIn")) {
      problems.invalid(path.child("operator"), operator, NO_OPERATOR);
    } else if (values.size() != 1) {
      problems.required(
          path.child("values"),
          "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
    }
    String key = Trees.text(requirement, "key");
    if (!key.equals("metadata.name")) {
      problems.invalid(path.child("key"), key, "not a valid field selector key");
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      problems.name(path.child("values").index(i), values.get(i).asText(), Names::dnsSubdomain);
    }
  }
}
