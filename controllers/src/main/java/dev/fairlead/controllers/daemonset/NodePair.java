package dev.fairlead.controllers.daemonset;

import dev.fairlead.api.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pods of one node that are not on their way out, of the present template and of others.
 *
 * @param updated null for none
 * @param old null for none
 * @param crowded more than one of either: another step has to take care first
 */
record NodePair(String node, @Nullable Document updated, @Nullable Document old, boolean crowded) {

  static NodePair of(Deployed deployed, String node) {
    List<Document> staying =
        deployed.podsOn(node).stream().filter(pod -> !pod.meta().deleting()).toList();
    List<Document> updated = staying.stream().filter(deployed::updated).toList();
    List<Document> old = staying.stream().filter(pod -> !deployed.updated(pod)).toList();
    return new NodePair(node, first(updated), first(old), updated.size() > 1 || old.size() > 1);
  }

  private static @Nullable Document first(List<Document> pods) {
    return pods.isEmpty() ? null : pods.getFirst();
  }
}
