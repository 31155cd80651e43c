package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.api.select.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How evenly pods shall be spread over the domains of a topology (API: {@code core/v1
 * TopologySpreadConstraint}).
 *
 * @param maxSkew how many pods more than the emptiest domain any may have
 * @param hard {@code DoNotSchedule}; otherwise {@code ScheduleAnyway}
 * @param selector which pods count; {@code matchLabelKeys} are in it
 * @param minDomains with fewer domains than these, the emptiest counts as having no pods
 * @param honorsAffinity only nodes that the pod's node affinity and selector allow count
 * @param honorsTaints only nodes whose taints the pod tolerates count
 */
record SpreadConstraint(
    int maxSkew,
    String topologyKey,
    boolean hard,
    LabelSelector selector,
    int minDomains,
    boolean honorsAffinity,
    boolean honorsTaints) {
  static final String HOSTNAME = "kubernetes.io/hostname";
  static final String ZONE = "topology.kubernetes.io/zone";

  /** Those of a pod. */
  static List<SpreadConstraint> of(Document pod) {
    List<SpreadConstraint> constraints = new ArrayList<>();
    for (JsonNode each : pod.spec().path("topologySpreadConstraints")) {
      constraints.add(of(each, pod.meta().labels()));
    }
    return constraints;
  }

  private static SpreadConstraint of(JsonNode node, Map<String, String> labels) {
    return new SpreadConstraint(
        node.path("maxSkew").asInt(1),
        node.path("topologyKey").asText(""),
        node.path("whenUnsatisfiable").asText("DoNotSchedule").equals("DoNotSchedule"),
        selector(node, labels),
        node.path("minDomains").asInt(1),
        node.path("nodeAffinityPolicy").asText("Honor").equals("Honor"),
        node.path("nodeTaintsPolicy").asText("Ignore").equals("Honor"));
  }

  /** Keys that the pod has no label for are ignored. */
  private static LabelSelector selector(JsonNode node, Map<String, String> labels) {
    LabelSelector selector = LabelSelector.ofTree(node.path("labelSelector"));
    List<Requirement> all = new ArrayList<>(selector.requirements());
    for (JsonNode key : node.path("matchLabelKeys")) {
      String value = labels.get(key.asText());
      if (value != null) {
        all.add(new Requirement(key.asText(), Requirement.Operator.IN, Set.of(value)));
      }
    }
    return new LabelSelector(all, selector.nothing());
  }

  /** What the cluster asks for where a pod asks for nothing: hosts and zones, loosely. */
  static List<SpreadConstraint> defaults(LabelSelector relatives) {
    return relatives.requirements().isEmpty()
        ? List.of()
        : List.of(
            new SpreadConstraint(3, HOSTNAME, false, relatives, 1, true, false),
            new SpreadConstraint(5, ZONE, false, relatives, 1, true, false));
  }

  /** Whether the pods of a node count for this pod. */
  boolean considers(PodInfo pod, NodeInfo node) {
    return (!honorsAffinity || NodeAffinity.matches(pod.pod().spec(), node.node()))
        && (!honorsTaints
            || node.taints().stream()
                .noneMatch(taint -> taint.keepsAway() && !Filters.tolerates(pod.pod(), taint)));
  }

  /** Whether another pod counts; one that is on its way out does not. */
  boolean selects(Document other, String namespace) {
    return other.namespace().equals(namespace)
        && !other.meta().deleting()
        && selector.matches(other.meta().labels());
  }

  /** How many of these pods count; with an empty selector none. */
  int count(Collection<PodInfo> pods, String namespace) {
    return selector.requirements().isEmpty()
        ? 0
        : (int) pods.stream().filter(each -> selects(each.pod(), namespace)).count();
  }

  /**
   * How many pods count, by node; with an empty selector none.
   *
   * @param staying pods that are not on their way out
   */
  Map<String, Integer> count(LabelIndex staying, String namespace) {
    return selector.requirements().isEmpty()
        ? Map.of()
        : staying.count(namespace::equals, selector::matches);
  }
}
