package dev.fairlead.kubelet.pod;

import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.api.quota.Amounts;
import java.util.Map;

/**
 * What a node says when a pod asks for other resources (KEP-1287, upstream {@code canResizePod}).
 */
sealed interface ResizeVerdict {
  /** The pod gets them. */
  record Granted() implements ResizeVerdict {}

  /** Not now: other pods have what it takes. */
  record Deferred(String message) implements ResizeVerdict {}

  /** Never on this node. */
  record Infeasible(String message) implements ResizeVerdict {}

  /**
   * Decides.
   *
   * @param wanted what the pod asks for
   * @param others what the other pods of the node were promised
   * @param allocatable what the node has; what it does not name is not bounded
   */
  static ResizeVerdict of(Amounts wanted, Amounts others, Map<String, Quantity> allocatable) {
    for (String name : new String[] {"memory", "cpu"}) {
      long requested = units(name, wanted.getOrZero(name));
      if (requested > capacity(name, allocatable)) {
        return new Infeasible(
            "Node didn't have enough capacity: %s, requested: %d, capacity: %d"
                .formatted(name, requested, capacity(name, allocatable)));
      }
    }
    for (String name : new String[] {"cpu", "memory"}) {
      long requested = units(name, wanted.getOrZero(name));
      long used = units(name, others.getOrZero(name));
      if (requested > capacity(name, allocatable) - used) {
        return new Deferred(
            "Node didn't have enough resource: %s, requested: %d, used: %d, capacity: %d"
                .formatted(name, requested, used, capacity(name, allocatable)));
      }
    }
    return new Granted();
  }

  private static long capacity(String name, Map<String, Quantity> allocatable) {
    Quantity amount = allocatable.get(name);
    return amount == null ? Long.MAX_VALUE : units(name, amount);
  }

  /** Upstream counts CPUs in thousandths. */
  private static long units(String name, Quantity amount) {
    return name.equals("cpu") ? amount.milliValue() : amount.value();
  }
}
