package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.util.ArrayList;
import java.util.List;

/**
 * A node as the scheduler sees it at one moment.
 *
 * @param pods what counts on it: bound or about to be, and not finished
 * @param promised pods without a node that were promised room on this one
 */
record NodeState(Document node, List<Document> pods, List<Document> promised) {
  static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";
  static final String NOT_READY = "node.kubernetes.io/not-ready";
  private static final long PODS_MAX = 110;

  String name() {
    return node.name();
  }

  /** The same with other pods on it. */
  NodeState with(List<Document> others) {
    return new NodeState(node, List.copyOf(others), promised);
  }

  /** As if those were here that were promised room and are not less important than a pod. */
  NodeState withPromised(Document pod) {
    List<Document> all = new ArrayList<>(pods);
    for (Document each : promised) {
      boolean other = !each.meta().uid().equals(pod.meta().uid());
      if (other && Priority.of(each) >= Priority.of(pod)) {
        all.add(each);
      }
    }
    return all.size() == pods.size() ? this : new NodeState(node, all, List.of());
  }

  boolean unschedulable() {
    return node.spec().path("unschedulable").asBoolean(false);
  }

  /**
   * Its taints, and the one that a node which is not ready is about to get: a pod must not slip in
   * between.
   */
  List<Taint> taints() {
    List<Taint> taints = new ArrayList<>();
    node.spec().path("taints").forEach(each -> taints.add(Taint.of(each)));
    boolean told = taints.stream().anyMatch(taint -> taint.key().startsWith("node.kubernetes.io/"));
    if (!ready(node) && !told) {
      taints.add(new Taint(NOT_READY, "", "NoSchedule"));
    }
    return taints;
  }

  static boolean ready(Document node) {
    for (JsonNode condition : node.status().path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  long podsMax() {
    JsonNode pods = node.status().path("allocatable").path("pods");
    return pods.isMissingNode() ? PODS_MAX : Requests.quantity(pods).longValue();
  }
}
