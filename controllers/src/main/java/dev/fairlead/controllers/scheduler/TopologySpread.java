package dev.fairlead.controllers.scheduler;

import java.util.List;
import java.util.Map;

/**
 * Whether a pod on a node would keep the domains even that its hard constraints name (upstream:
 * PodTopologySpread plugin).
 *
 * @param domains one for each hard constraint
 */
record TopologySpread(PodInfo pod, List<Domains> domains) {
  static final String SKEWED = "node(s) didn't match pod topology spread constraints";
  static final String NO_DOMAIN = SKEWED + " (missing required label)";

  TopologySpread {
    domains = List.copyOf(domains);
  }

  /** Counts, from an index. */
  static TopologySpread of(PodInfo pod, Snapshot snapshot) {
    List<SpreadConstraint> hard = pod.spread().stream().filter(SpreadConstraint::hard).toList();
    if (hard.isEmpty()) {
      return new TopologySpread(pod, List.of());
    }
    List<NodeState> known =
        snapshot.nodes().stream().filter(node -> inAll(hard, node.labels())).toList();
    return new TopologySpread(
        pod,
        hard.stream().map(each -> Domains.count(each, pod, known, snapshot.staying())).toList());
  }

  /** Whether a node is in a domain of each of these. */
  static boolean inAll(List<SpreadConstraint> constraints, Map<String, String> labels) {
    return constraints.stream().allMatch(each -> labels.containsKey(each.topologyKey()));
  }

  Verdict verdict(NodeState node) {
    for (Domains each : domains) {
      String domain = node.labels().get(each.constraint().topologyKey());
      if (domain == null) {
        return Verdict.never(NO_DOMAIN);
      }
      int itself = each.constraint().selector().matches(pod.pod().meta().labels()) ? 1 : 0;
      if (each.skew(domain, change(each.constraint(), node)) + itself
          > each.constraint().maxSkew()) {
        return Verdict.curable(SKEWED);
      }
    }
    return Verdict.FITS;
  }

  /** How many pods more than are counted a node would have, if its pods were different. */
  private int change(SpreadConstraint constraint, NodeState node) {
    boolean counts =
        !node.real()
            && inAll(domains.stream().map(Domains::constraint).toList(), node.labels())
            && constraint.considers(pod, node.info());
    String namespace = pod.pod().namespace();
    return counts
        ? constraint.count(node.pods(), namespace) - constraint.count(node.counted(), namespace)
        : 0;
  }
}
