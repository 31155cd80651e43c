package dev.fairlead.controllers.replicaset;

import dev.fairlead.api.Document;
import dev.fairlead.controllers.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which pods go first when there are too many: unassigned before assigned, pending before running,
 * not ready before ready, cheaper before dearer ({@code
 * controller.kubernetes.io/pod-deletion-cost}), on crowded nodes before on others, ready for a
 * shorter time, restarted more often, younger. Times are compared by order of magnitude, so that
 * age does not always hit the same node.
 *
 * <p>Upstream: {@code ActivePodsWithRanks}. Unlike there, pods that were ready equally long are
 * compared by restarts and age before chance (the UID) decides, so that the order is a total one.
 */
final class DeletionOrder {
  private static final String COST = "controller.kubernetes.io/pod-deletion-cost";
  private static final List<String> PHASES = List.of("Pending", "Unknown", "Running");

  private DeletionOrder() {}

  /**
   * Sorts pods, first to go first.
   *
   * @param related active pods whose presence makes a node crowded, usually all of the Deployment
   */
  static List<Document> sort(Collection<Document> pods, Collection<Document> related, Instant now) {
    Map<String, Integer> crowd = new HashMap<>();
    related.stream()
        .filter(Pods::active)
        .forEach(pod -> crowd.merge(Pods.nodeName(pod), 1, Integer::sum));
    return pods.stream().sorted(order(crowd, now)).toList();
  }

  private static Comparator<Document> order(Map<String, Integer> crowd, Instant now) {
    return Comparator.comparing((Document pod) -> !Pods.nodeName(pod).isEmpty())
        .thenComparingInt(pod -> PHASES.indexOf(Pods.phase(pod)))
        .thenComparing(Pods::ready)
        .thenComparingInt(DeletionOrder::cost)
        .thenComparingInt(pod -> -crowd.getOrDefault(Pods.nodeName(pod), 0))
        .thenComparingInt(pod -> magnitude(Pods.ready(pod) ? Pods.readyTransition(pod) : null, now))
        .thenComparingInt(pod -> -Pods.restarts(pod))
        .thenComparingInt(pod -> magnitude(pod.meta().creationTimestamp(), now))
        .thenComparing(pod -> pod.meta().uid());
  }

  private static int cost(Document pod) {
    try {
      return Integer.parseInt(pod.meta().annotations().getOrDefault(COST, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The power of two of an age in nanoseconds; 0 for none, which is the youngest of all. */
  private static int magnitude(@Nullable Instant since, Instant now) {
    if (since == null || !since.isBefore(now)) {
      return 0;
    }
    return Long.SIZE - Long.numberOfLeadingZeros(Duration.between(since, now).toNanos());
  }
}
