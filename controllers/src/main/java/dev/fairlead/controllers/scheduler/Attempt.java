package dev.fairlead.controllers.scheduler;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One try to find a node for a pod: what is the same for all nodes, found out once.
 *
 * @param pinned the only nodes that may do; empty for all
 */
record Attempt(
    PodInfo pod,
    Optional<Set<String>> pinned,
    TopologySpread spread,
    InterPodAffinity affinity,
    Snapshot snapshot) {

  static Attempt of(PodInfo pod, Snapshot snapshot) {
    return new Attempt(
        pod,
        PinnedNodes.of(pod.pod().spec()),
        TopologySpread.of(pod, snapshot),
        InterPodAffinity.of(pod, snapshot),
        snapshot);
  }

  List<NodeState> nodes() {
    return snapshot.nodes();
  }
}
