package dev.fairlead.controllers.scheduler;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Numbers of domains: for the key of a topology and each of its values. Not for many threads. */
final class TopologyCounts {
  private final Map<String, Map<String, Long>> counts = new HashMap<>();
  private long total;

  /** Adds to the domain that a node with these labels is in; none when it lacks the key. */
  void add(String key, Map<String, String> labels, long number) {
    String value = labels.get(key);
    if (value != null) {
      counts.computeIfAbsent(key, _ -> new HashMap<>()).merge(value, number, Long::sum);
      total += number;
    }
  }

  /** Adds the numbers of nodes, by their names, to the domains that these are in. */
  void addAll(String key, Collection<NodeState> nodes, Map<String, ? extends Number> numbers) {
    if (!numbers.isEmpty()) {
      for (NodeState node : nodes) {
        Number number = numbers.get(node.name());
        if (number != null) {
          add(key, node.labels(), number.longValue());
        }
      }
    }
  }

  /** Adds the numbers of the domains of one key. */
  void addAll(String key, Map<String, Long> domains) {
    Map<String, Long> known = counts.computeIfAbsent(key, _ -> new HashMap<>());
    domains.forEach((value, number) -> {
      known.merge(value, number, Long::sum);
      total += number;
    });
  }

  /** The number of the domain of one key that a node with these labels is in. */
  long in(String key, Map<String, String> labels) {
    String value = labels.get(key);
    return value == null ? 0 : counts.getOrDefault(key, Map.of()).getOrDefault(value, 0L);
  }

  /** The sum over all domains that a node with these labels is in. */
  long sum(Map<String, String> labels) {
    long sum = 0;
    for (String key : counts.keySet()) {
      sum += in(key, labels);
    }
    return sum;
  }

  /** The sum over all domains. */
  long total() {
    return total;
  }
}
