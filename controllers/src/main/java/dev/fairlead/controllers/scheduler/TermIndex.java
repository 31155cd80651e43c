package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import java.util.HashMap;
import java.util.Map;

/**
 * The affinity terms of pods that have a node, by term and domain: a thousand pods of one
 * Deployment are one entry for each domain. So the cost for a new pod is the number of different
 * terms, not of pods. Owned by one thread.
 */
final class TermIndex {
  private final Map<AffinityTerm, Map<String, Long>> weights = new HashMap<>();

  /**
   * Adds a term's weight to the domain of a node; the negative takes it away again.
   *
   * @param labels of the node that the pod is on
   */
  void add(AffinityTerm term, Map<String, String> labels, long weight) {
    String value = labels.get(term.topologyKey());
    if (value == null) {
      return;
    }
    Map<String, Long> domains = weights.computeIfAbsent(term, _ -> new HashMap<>());
    if (domains.merge(value, weight, Long::sum) == 0) {
      domains.remove(value);
    }
    if (domains.isEmpty()) {
      weights.remove(term);
    }
  }

  /** The weights of the terms that mean a pod, by domain. */
  TopologyCounts meaning(Document pod, Namespaces namespaces) {
    TopologyCounts counts = new TopologyCounts();
    weights.forEach((term, domains) -> {
      if (term.matches(pod, namespaces)) {
        counts.addAll(term.topologyKey(), domains);
      }
    });
    return counts;
  }

  /** How many different terms there are. */
  int size() {
    return weights.size();
  }
}
