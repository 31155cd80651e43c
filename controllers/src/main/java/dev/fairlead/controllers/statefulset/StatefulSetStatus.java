package dev.fairlead.controllers.statefulset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.view.StatefulSet;
import dev.fairlead.controllers.history.Revision;
import java.util.List;
import java.util.stream.Stream;

/**
 * The numbers of a StatefulSet's status (API: {@code apps/v1 StatefulSetStatus}).
 *
 * @param current pods of the current revision
 * @param updated pods of the present template
 */
record StatefulSetStatus(int replicas, int ready, int available, int current, int updated) {

  /** Counts pods. */
  static StatefulSetStatus of(Replicas replicas, Revisions revisions) {
    List<Replica> pods =
        Stream.concat(replicas.wanted().stream(), replicas.condemned().stream())
            .filter(replica -> replica.pod() != null)
            .toList();
    return new StatefulSetStatus(
        pods.size(),
        (int) pods.stream().filter(Replica::ready).count(),
        (int) pods.stream().filter(Replica::available).count(),
        of(pods, revisions.current()),
        of(pods, revisions.update()));
  }

  private static int of(List<Replica> pods, Revision revision) {
    return (int)
        pods.stream()
            .filter(each -> !each.terminating() && each.revision().equals(revision.name()))
            .count();
  }

  /** The whole status object. A rolling update that is complete makes its revision the current. */
  ObjectNode toTree(Document set, StatefulSet view, Revisions revisions, int collisions) {
    int wanted = view.replicas();
    boolean complete =
        !view.onDelete() && updated == wanted && ready == wanted && replicas == wanted;
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("observedGeneration", set.meta().generation());
    status.put("replicas", replicas);
    put(status, "readyReplicas", ready);
    put(status, "currentReplicas", complete ? updated : current);
    put(status, "updatedReplicas", updated);
    status.put(
        "currentRevision", complete ? revisions.update().name() : revisions.current().name());
    status.put("updateRevision", revisions.update().name());
    status.put("collisionCount", collisions);
    status.put("availableReplicas", available);
    return status;
  }

  /** Zero is left out, as upstream. */
  private static void put(ObjectNode status, String field, int count) {
    if (count > 0) {
      status.put(field, count);
    }
  }
}
