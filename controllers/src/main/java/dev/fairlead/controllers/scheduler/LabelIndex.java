package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How many pods with which labels are on which node: pods of one template are one entry for each
 * node. So to count what a selector selects costs the number of different label sets and of nodes
 * with such pods, not of all pods. Owned by one thread.
 */
final class LabelIndex {
  /** By namespace, labels and node. */
  private final Map<String, Map<Map<String, String>, Map<String, Integer>>> pods = new HashMap<>();

  void add(Document pod, String node) {
    pods.computeIfAbsent(pod.namespace(), _ -> new HashMap<>())
        .computeIfAbsent(pod.meta().labels(), _ -> new HashMap<>())
        .merge(node, 1, Integer::sum);
  }

  /** Takes away what was added. */
  void remove(Document pod, String node) {
    Map<Map<String, String>, Map<String, Integer>> namespace =
        pods.getOrDefault(pod.namespace(), Map.of());
    Map<String, Integer> nodes = namespace.getOrDefault(pod.meta().labels(), Map.of());
    nodes.computeIfPresent(node, (_, count) -> count == 1 ? null : count - 1);
    if (nodes.isEmpty()) {
      namespace.remove(pod.meta().labels());
    }
    if (namespace.isEmpty()) {
      pods.remove(pod.namespace());
    }
  }

  /** How many pods of these namespaces with labels like these are on each node. */
  Map<String, Integer> count(Predicate<String> namespace, Predicate<Map<String, String>> labels) {
    Map<String, Integer> counts = new HashMap<>();
    pods.forEach((name, sets) -> {
      if (namespace.test(name)) {
        sets.forEach((set, nodes) -> {
          if (labels.test(set)) {
            nodes.forEach((node, count) -> counts.merge(node, count, Integer::sum));
          }
        });
      }
    });
    return counts;
  }
}
