package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.select.LabelSelector;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One term of a pod's affinity or anti-affinity (API: {@code core/v1 PodAffinityTerm}). {@code
 * matchLabelKeys} and {@code mismatchLabelKeys} are in the selector since the pod was created.
 * Equal terms of many pods are equal here, so they can be counted as one.
 *
 * @param topologyKey the label of nodes whose values are the domains
 * @param namespaces whose pods are meant; the pod's own when the term names none
 * @param namespaceSelector whose pods are meant too; selects nothing when the term has none
 * @param selector which pods; selects nothing when the term has none
 */
record AffinityTerm(
    String topologyKey,
    Set<String> namespaces,
    LabelSelector namespaceSelector,
    LabelSelector selector) {

  AffinityTerm {
    namespaces = Set.copyOf(namespaces);
  }

  /**
   * Reads a term.
   *
   * @param own the namespace of the pod that has it
   */
  static AffinityTerm of(JsonNode term, String own) {
    JsonNode selected = term.path("namespaceSelector");
    Set<String> namespaces = new HashSet<>();
    term.path("namespaces").forEach(each -> namespaces.add(each.asText()));
    if (namespaces.isEmpty() && !selected.isObject()) {
      namespaces.add(own);
    }
    return new AffinityTerm(
        term.path("topologyKey").asText(""),
        namespaces,
        LabelSelector.ofTree(selected),
        LabelSelector.ofTree(term.path("labelSelector")));
  }

  /** Whether it means a pod, wherever that is. */
  boolean matches(Document pod, Namespaces known) {
    return selector.matches(pod.meta().labels()) && means(pod.namespace(), known);
  }

  /** Whether it may mean pods of a namespace. */
  boolean means(String namespace, Namespaces known) {
    return namespaces.contains(namespace)
        || (!namespaceSelector.nothing() && namespaceSelector.matches(known.labels(namespace)));
  }

  /** How many of the pods that are there it means, by node. */
  Map<String, Integer> count(LabelIndex pods, Namespaces known) {
    return pods.count(namespace -> means(namespace, known), selector::matches);
  }
}
