package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nodes that a pod's required node affinity names, as those of DaemonSets' pods do. */
final class PinnedNodes {
  private PinnedNodes() {}

  /**
   * The names.
   *
   * @param spec of the pod
   * @return empty when other nodes may do too; no names when the terms contradict themselves
   */
  static Optional<Set<String>> of(JsonNode spec) {
    JsonNode terms =
        spec.path("affinity")
            .path("nodeAffinity")
            .path("requiredDuringSchedulingIgnoredDuringExecution")
            .path("nodeSelectorTerms");
    Set<String> names = new HashSet<>();
    for (JsonNode term : terms) {
      Set<String> named = named(term);
      if (named == null) {
        return Optional.empty(); // the terms are alternatives
      }
      names.addAll(named);
    }
    return terms.isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(names));
  }

  /** Null when the term names none. */
  private static @Nullable Set<String> named(JsonNode term) {
    Set<String> names = null;
    for (JsonNode each : term.path("matchFields")) {
      if (each.path("key").asText().equals("metadata.name")
          && each.path("operator").asText().equals("In")) {
        Set<String> values = new HashSet<>();
        each.path("values").forEach(value -> values.add(value.asText()));
        if (names != null) {
          values.retainAll(names);
        }
        names = values;
      }
    }
    return names;
  }
}
