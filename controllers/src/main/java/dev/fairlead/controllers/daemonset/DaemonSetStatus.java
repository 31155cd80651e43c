package dev.fairlead.controllers.daemonset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.controllers.Pods;
import java.util.List;

/**
 * The numbers of a DaemonSet's status, in nodes (API: {@code apps/v1 DaemonSetStatus}). Of several
 * pods on a node the oldest counts.
 */
record DaemonSetStatus(
    int desired, int current, int misscheduled, int ready, int updated, int available) {

  static DaemonSetStatus of(Deployed deployed) {
    int desired = 0;
    int misscheduled = 0;
    int ready = 0;
    int updated = 0;
    int available = 0;
    int current = 0;
    for (Document node : deployed.nodes().values()) {
      List<Document> pods = deployed.podsOn(node.name());
      boolean run = deployed.eligible(node).run();
      desired += run ? 1 : 0;
      if (pods.isEmpty()) {
        continue;
      }
      if (!run) {
        misscheduled++;
        continue;
      }
      Document pod = pods.getFirst();
      current++;
      ready += Pods.ready(pod) ? 1 : 0;
      available += deployed.available(pod) ? 1 : 0;
      updated += deployed.updated(pod) ? 1 : 0;
    }
    return new DaemonSetStatus(desired, current, misscheduled, ready, updated, available);
  }

  /** The whole status object; zeros are left out where upstream does so. */
  ObjectNode toTree(Document set, int collisions) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("currentNumberScheduled", current);
    status.put("numberMisscheduled", misscheduled);
    status.put("desiredNumberScheduled", desired);
    status.put("numberReady", ready);
    status.put("observedGeneration", set.meta().generation());
    put(status, "updatedNumberScheduled", updated);
    put(status, "numberAvailable", available);
    put(status, "numberUnavailable", desired - available);
    put(status, "collisionCount", collisions);
    return status;
  }

  private static void put(ObjectNode status, String field, int count) {
    if (count > 0) {
      status.put(field, count);
    }
  }
}
