package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.HashSet;
import java.util.Set;

/** Which pods a pod wants near, or far (upstream {@code validatePodAffinity}). */
final class PodAffinityRules {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
  private static final String BOTH = "exists in both matchLabelKeys and ";

  private PodAffinityRules() {}

  static void validate(JsonNode affinity, FieldPath path, Problems problems) {
    JsonNode required = affinity.path(REQUIRED);
    for (int i = 0; i < required.size(); i++) {
      term(required.get(i), path.child(REQUIRED).index(i), problems);
    }
    JsonNode preferred = affinity.path(PREFERRED);
    for (int i = 0; i < preferred.size(); i++) {
      FieldPath at = path.child(PREFERRED).index(i);
      weight(preferred.get(i).path("weight"), at, problems);
      term(preferred.get(i).path("podAffinityTerm"), at.child("podAffinityTerm"), problems);
    }
  }

  static void weight(JsonNode weight, FieldPath path, Problems problems) {
    long value = weight.asLong(0);
    if (value < 1 || value > 100) {
      problems.invalid(path.child("weight"), value, "must be in the range 1-100");
    }
  }

  private static void term(JsonNode term, FieldPath path, Problems problems) {
    problems.selector(path.child("labelSelector"), term.path("labelSelector"));
    problems.selector(path.child("namespaceSelector"), term.path("namespaceSelector"));
    for (JsonNode namespace : term.path("namespaces")) {
      problems.name(path.child("namespace"), namespace.asText(), Names::dnsLabel);
    }
    labelKeys(term, path, problems);
    String topology = Trees.text(term, "topologyKey");
    if (topology.isEmpty()) {
      problems.required(path.child("topologyKey"), "can not be empty");
    }
    problems.name(path.child("topologyKey"), topology, Names::qualifiedName);
  }

  private static void labelKeys(JsonNode term, FieldPath path, Problems problems) {
    JsonNode match = term.path("matchLabelKeys");
    JsonNode mismatch = term.path("mismatchLabelKeys");
    if (match.isEmpty() && mismatch.isEmpty()) {
      return;
    }
    JsonNode selector = term.path("labelSelector");
    keys(match, selector, path.child("matchLabelKeys"), problems);
    keys(mismatch, selector, path.child("mismatchLabelKeys"), problems);
    selectedTwice(match, selector, path, problems);
    Set<String> others = new HashSet<>();
    mismatch.forEach(key -> others.add(key.asText()));
    for (int i = 0; i < match.size(); i++) {
      String key = match.get(i).asText();
      if (others.contains(key)) {
        problems.invalid(path.child("matchLabelKeys").index(i), key, BOTH + "mismatchLabelKeys");
      }
    }
  }

  private static void keys(JsonNode keys, JsonNode selector, FieldPath path, Problems problems) {
    if (!keys.isEmpty() && !selector.isObject()) {
      problems.forbidden(path, "must not be specified when labelSelector is not set");
      return;
    }
    for (int i = 0; i < keys.size(); i++) {
      problems.name(path.index(i), keys.get(i).asText(), Names::qualifiedName);
    }
  }

  /**
   * The selector holds each key once already: {@link MatchLabelKeys} put it there. Upstream names
   * the term and the key's number.
   */
  private static void selectedTwice(
      JsonNode match, JsonNode selector, FieldPath path, Problems problems) {
    Set<String> seen = new HashSet<>();
    selector.path("matchLabels").fieldNames().forEachRemaining(seen::add);
    for (JsonNode expression : selector.path("matchExpressions")) {
      String key = Trees.text(expression, "key");
      for (int i = match.size() - 1; i >= 0; i--) {
        if (match.get(i).asText().equals(key) && seen.contains(key)) {
          problems.invalid(path.index(i), key, BOTH + "labelSelector");
          break;
        }
      }
      seen.add(key);
    }
  }
}
