package dev.fairlead.controllers.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node as the scheduler sees it at one moment, or as it would be if.
 *
 * @param pods what counts on it: bound or about to be, and not finished
 * @param counted the pods that are really there, which all counts of the cluster include
 * @param promised pods without a node that were promised room on this one
 * @param used what {@code pods} use
 * @param real whether {@code pods} are the ones that are really there
 */
record NodeState(
    NodeInfo info,
    List<PodInfo> pods,
    List<PodInfo> counted,
    List<PodInfo> promised,
    Usage used,
    boolean real) {

  /** A node with its pods. */
  static NodeState of(NodeInfo info, List<PodInfo> pods) {
    List<PodInfo> there = List.copyOf(pods);
    return new NodeState(info, there, there, List.of(), Usage.of(there), true);
  }

  String name() {
    return info.name();
  }

  Map<String, String> labels() {
    return info.labels();
  }

  /** The same with room promised to others. */
  NodeState promising(List<PodInfo> others) {
    return new NodeState(info, pods, counted, List.copyOf(others), used, real);
  }

  /** As if these were on it instead. */
  NodeState with(List<PodInfo> others) {
    return new NodeState(info, List.copyOf(others), counted, promised, Usage.of(others), false);
  }

  /**
   * As if those were here that were promised room and are not less important than a pod.
   *
   * @return empty when there are none
   */
  Optional<NodeState> withPromised(PodInfo pod) {
    if (promised.isEmpty()) {
      return Optional.empty();
    }
    List<PodInfo> all = new ArrayList<>(pods);
    for (PodInfo each : promised) {
      boolean other = !each.pod().meta().uid().equals(pod.pod().meta().uid());
      if (other && Priority.of(each.pod()) >= Priority.of(pod.pod())) {
        all.add(each);
      }
    }
    return all.size() == pods.size()
        ? Optional.empty()
        : Optional.of(
            new NodeState(info, List.copyOf(all), counted, List.of(), Usage.of(all), false));
  }
}
