package dev.fairlead.controllers.scheduler;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many pods each domain of one hard constraint has. */
final class Domains {
  private final SpreadConstraint constraint;
  private final Map<String, Integer> counts = new HashMap<>();
  private @Nullable String emptiest;
  private int least = Integer.MAX_VALUE;
  private int leastOfOthers = Integer.MAX_VALUE;

  private Domains(SpreadConstraint constraint) {
    this.constraint = constraint;
  }

  /**
   * Counts.
   *
   * @param nodes those that have all topology keys of the pod's constraints
   */
  static Domains count(
      SpreadConstraint constraint, PodInfo pod, Iterable<NodeState> nodes, LabelIndex staying) {
    Domains domains = new Domains(constraint);
    Map<String, Integer> there = constraint.count(staying, pod.pod().namespace());
    for (NodeState node : nodes) {
      String value = node.labels().get(constraint.topologyKey());
      if (value != null && constraint.considers(pod, node.info())) {
        domains.counts.merge(value, there.getOrDefault(node.name(), 0), Integer::sum);
      }
    }
    domains.counts.forEach(domains::compare);
    return domains;
  }

  private void compare(String domain, int count) {
    if (count < least) {
      leastOfOthers = least;
      least = count;
      emptiest = domain;
    } else {
      leastOfOthers = Math.min(leastOfOthers, count);
    }
  }

  SpreadConstraint constraint() {
    return constraint;
  }

  /**
   * How many pods more than the emptiest a domain has.
   *
   * @param change pods that would be in this domain more, or fewer if negative
   */
  long skew(String domain, int change) {
    long count = (long) counts.getOrDefault(domain, 0) + change;
    return count - minimum(domain, count);
  }

  private long minimum(String domain, long count) {
    if (counts.size() < constraint.minDomains()) {
      return 0;
    }
    if (!counts.containsKey(domain)) {
      return least;
    }
    return Math.min(count, domain.equals(emptiest) ? leastOfOthers : least);
  }
}
