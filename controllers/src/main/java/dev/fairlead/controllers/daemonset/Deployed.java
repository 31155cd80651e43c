package dev.fairlead.controllers.daemonset;

import dev.fairlead.api.Document;
import dev.fairlead.api.view.DaemonSet;
import dev.fairlead.controllers.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A DaemonSet, the nodes and its pods on them, at one moment.
 *
 * @param nodes by name
 * @param pods by the node that they are on or may go to, oldest first; also of nodes that are gone
 * @param hash of the present template
 */
record Deployed(
    Document set,
    DaemonSet view,
    Map<String, Document> nodes,
    Map<String, List<Document>> pods,
    String hash,
    Instant now) {
  /** Bound before unbound, then the older. */
  private static final Comparator<Document> ORDER =
      Comparator.comparing((Document pod) -> Pods.nodeName(pod).isEmpty())
          .thenComparing(
              pod -> Objects.requireNonNullElse(pod.meta().creationTimestamp(), Instant.EPOCH))
          .thenComparing(Document::name);

  static Deployed of(
      Document set, List<Document> nodes, List<Document> pods, String hash, Instant now) {
    Map<String, Document> byName = new TreeMap<>();
    nodes.forEach(node -> byName.put(node.name(), node));
    Map<String, List<Document>> byNode = new TreeMap<>();
    pods.stream()
        .filter(pod -> !DaemonPod.node(pod).isEmpty())
        .filter(pod -> !(Pods.finished(pod) && pod.meta().deleting()))
        .sorted(ORDER)
        .forEach(
            pod -> byNode.computeIfAbsent(DaemonPod.node(pod), _ -> new ArrayList<>()).add(pod));
    return new Deployed(set, DaemonSet.of(set), byName, byNode, hash, now);
  }

  List<Document> podsOn(String node) {
    return pods.getOrDefault(node, List.of());
  }

  Eligibility eligible(Document node) {
    return Eligibility.of(view, node);
  }

  boolean updated(Document pod) {
    return DaemonPod.updated(pod, hash);
  }

  boolean available(Document pod) {
    return Pods.available(pod, Duration.ofSeconds(view.minReadySeconds()), now);
  }

  /** How many nodes shall run a pod. */
  int desired() {
    return (int) nodes.values().stream().filter(node -> eligible(node).run()).count();
  }

  Limits limits() {
    return Limits.of(view, desired());
  }
}
