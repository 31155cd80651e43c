package dev.fairlead.controllers.scheduler;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a node is near the pods, and far from the pods, that a pod and those already there ask
 * for (upstream: InterPodAffinity plugin). Counted once for all nodes; what would be different on a
 * node with other pods is added for that node alone.
 *
 * @param attracting pods that all of the pod's affinity terms mean, by the domains of these terms
 * @param repelling pods that a term of the pod's anti-affinity means
 * @param repelled pods that have an anti-affinity term that means the pod
 */
record InterPodAffinity(
    PodInfo pod,
    Namespaces namespaces,
    TopologyCounts attracting,
    TopologyCounts repelling,
    TopologyCounts repelled) {
  static final String AFFINITY = "node(s) didn't match pod affinity rules";
  static final String ANTI_AFFINITY = "node(s) didn't match pod anti-affinity rules";
  static final String EXISTING = "node(s) didn't satisfy existing pods anti-affinity rules";

  /** Counts, all from indexes. */
  static InterPodAffinity of(PodInfo pod, Snapshot snapshot) {
    TopologyCounts repelled = snapshot.repulsions().meaning(pod.pod(), snapshot.namespaces());
    return new InterPodAffinity(
        pod,
        snapshot.namespaces(),
        attracting(pod.affinity().required(), snapshot),
        repelling(pod.antiAffinity().required(), snapshot),
        repelled);
  }

  private static TopologyCounts attracting(List<AffinityTerm> terms, Snapshot snapshot) {
    TopologyCounts counts = new TopologyCounts();
    if (!terms.isEmpty()) {
      Map<String, Integer> near =
          snapshot
              .pods()
              .count(
                  name -> terms.stream().allMatch(each -> each.means(name, snapshot.namespaces())),
                  labels -> terms.stream().allMatch(each -> each.selector().matches(labels)));
      keys(terms).forEach(key -> counts.addAll(key, snapshot.nodes(), near));
    }
    return counts;
  }

  private static TopologyCounts repelling(List<AffinityTerm> terms, Snapshot snapshot) {
    TopologyCounts counts = new TopologyCounts();
    for (AffinityTerm each : terms) {
      Map<String, Integer> far = each.count(snapshot.pods(), snapshot.namespaces());
      counts.addAll(each.topologyKey(), snapshot.nodes(), far);
    }
    return counts;
  }

  Verdict verdict(NodeState node) {
    if (!attracted(node)) {
      return Verdict.never(AFFINITY);
    }
    if (repelling.sum(node.labels()) + moreRepelling(node) > 0) {
      return Verdict.curable(ANTI_AFFINITY);
    }
    return repelled.sum(node.labels()) + moreRepelled(node) > 0
        ? Verdict.curable(EXISTING)
        : Verdict.FITS;
  }

  /** Every domain needs a pod; but the first of a group that wants to be together goes anywhere. */
  private boolean attracted(NodeState node) {
    if (pod.affinity().required().isEmpty()) {
      return true;
    }
    Set<String> keys = keys(pod.affinity().required());
    if (!node.labels().keySet().containsAll(keys)) {
      return false;
    }
    long more = node.real() ? 0 : attracting(node.pods()) - attracting(node.counted());
    if (keys.stream().allMatch(key -> attracting.in(key, node.labels()) + more > 0)) {
      return true;
    }
    return attracting.total() + more * keys.size() == 0 && attracting(List.of(pod)) == 1;
  }

  private static Set<String> keys(List<AffinityTerm> terms) {
    return terms.stream().map(AffinityTerm::topologyKey).collect(Collectors.toSet());
  }

  /** How many of these all affinity terms mean; none when there are no terms. */
  private long attracting(List<PodInfo> others) {
    List<AffinityTerm> terms = pod.affinity().required();
    return terms.isEmpty()
        ? 0
        : others.stream()
            .filter(other -> terms.stream().allMatch(term -> term.matches(other.pod(), namespaces)))
            .count();
  }

  private long meant(AffinityTerm term, List<PodInfo> others) {
    return others.stream().filter(other -> term.matches(other.pod(), namespaces)).count();
  }

  private long moreRepelling(NodeState node) {
    long more = 0;
    for (AffinityTerm term :
        node.real() ? List.<AffinityTerm>of() : pod.antiAffinity().required()) {
      if (node.labels().containsKey(term.topologyKey())) {
        more += meant(term, node.pods()) - meant(term, node.counted());
      }
    }
    return more;
  }

  private long moreRepelled(NodeState node) {
    return node.real()
        ? 0
        : repelled(node.pods(), node.labels()) - repelled(node.counted(), node.labels());
  }

  private long repelled(List<PodInfo> others, Map<String, String> labels) {
    return others.stream()
        .flatMap(other -> other.antiAffinity().required().stream())
        .filter(term -> labels.containsKey(term.topologyKey()))
        .filter(term -> term.matches(pod.pod(), namespaces))
        .count();
  }
}
