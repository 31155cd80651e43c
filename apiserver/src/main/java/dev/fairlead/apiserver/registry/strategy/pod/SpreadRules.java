package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How pods are spread (upstream {@code validateTopologySpreadConstraints}). */
final class SpreadRules {
  private static final List<String> ACTIONS = Enumeration.valuesOf("UnsatisfiableConstraintAction");
  private static final List<String> POLICIES = Enumeration.valuesOf("NodeInclusionPolicy");
  private static final String NOT_POSITIVE = "must be greater than zero";

  private SpreadRules() {}

  static void validate(JsonNode constraints, FieldPath path, Problems problems) {
    for (int i = 0; i < constraints.size(); i++) {
      one(constraints.get(i), path.index(i), problems);
      twice(constraints, i, path.index(i), problems);
      rest(constraints.get(i), path.index(i), problems);
    }
  }

  private static void one(JsonNode constraint, FieldPath path, Problems problems) {
    if (constraint.path("maxSkew").asLong(0) <= 0) {
      problems.invalid(path.child("maxSkew"), constraint.path("maxSkew").asLong(0), NOT_POSITIVE);
    }
    if (Trees.text(constraint, "topologyKey").isEmpty()) {
      problems.required(path.child("topologyKey"), "can not be empty");
    }
    problems.oneOf(
        path.child("whenUnsatisfiable"), Trees.text(constraint, "whenUnsatisfiable"), ACTIONS);
  }

  private static void twice(JsonNode all, int index, FieldPath path, Problems problems) {
    String pair = pair(all.get(index));
    for (int i = index + 1; i < all.size(); i++) {
      if (pair(all.get(i)).equals(pair)) {
        problems.duplicate(path.child("{topologyKey, whenUnsatisfiable}"), pair);
        return;
      }
    }
  }

  private static String pair(JsonNode constraint) {
    return "{%s, %s}"
        .formatted(
            Trees.text(constraint, "topologyKey"), Trees.text(constraint, "whenUnsatisfiable"));
  }

  private static void rest(JsonNode constraint, FieldPath path, Problems problems) {
    JsonNode domains = constraint.path("minDomains");
    String action = Trees.text(constraint, "whenUnsatisfiable");
    if (domains.isNumber() && domains.asLong() <= 0) {
      problems.invalid(path.child("minDomains"), domains, NOT_POSITIVE);
    }
    if (domains.isNumber() && !action.equals("DoNotSchedule")) {
      problems.invalid(
          path.child("minDomains"),
          domains,
          "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + action);
    }
    for (String field : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
      if (constraint.has(field)) {
        problems.oneOf(path.child(field), Trees.text(constraint, field), POLICIES);
      }
    }
    labelKeys(constraint, path.child("matchLabelKeys"), problems);
    problems.selector(path.child("labelSelector"), constraint.path("labelSelector"));
  }

  private static void labelKeys(JsonNode constraint, FieldPath path, Problems problems) {
    JsonNode keys = constraint.path("matchLabelKeys");
    if (keys.isEmpty()) {
      return;
    }
    JsonNode selector = constraint.path("labelSelector");
    if (!selector.isObject()) {
      problems.forbidden(path, "must not be specified when labelSelector is not set");
    }
    Set<String> selected = new HashSet<>();
    selector.path("matchLabels").fieldNames().forEachRemaining(selected::add);
    selector.path("matchExpressions").forEach(each -> selected.add(Trees.text(each, "key")));
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i).asText();
      problems.name(path.index(i), key, Names::qualifiedName);
      if (selected.contains(key)) {
        problems.invalid(path.index(i), key, "exists in both matchLabelKeys and labelSelector");
      }
    }
  }
}
