package dev.fairlead.controllers.statefulset;

import dev.fairlead.api.Document;
import dev.fairlead.api.view.StatefulSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What to do about the pods of a StatefulSet, one step for each look at them. Pure (upstream:
 * {@code stateful_set_control.go}).
 *
 * <p>In order: pods come by rising ordinal, each when its predecessors are available; then surplus
 * pods go by falling ordinal; then old pods go by falling ordinal, to come back updated. Parallel:
 * pods come and go at once, and only updates keep the order.
 */
final class Plan {
  private final Document set;
  private final StatefulSet view;
  private final Replicas replicas;
  private final Revisions revisions;
  private final int currentPods;
  private final List<Action> actions = new ArrayList<>();

  private Plan(
      Document set, StatefulSet view, Replicas replicas, Revisions revisions, int currentPods) {
    this.set = set;
    this.view = view;
    this.replicas = replicas;
    this.revisions = revisions;
    this.currentPods = currentPods;
  }

  /**
   * The next actions; none while something must be waited for.
   *
   * @param currentPods how many pods are of the current revision
   */
  static List<Action> of(
      Document set, StatefulSet view, Replicas replicas, Revisions revisions, int currentPods) {
    Plan plan = new Plan(set, view, replicas, revisions, currentPods);
    if (view.parallel()) {
      plan.allAtOnce();
    } else if (!plan.waitsForReplica() && !plan.waitsForCondemned() && !view.onDelete()) {
      plan.update();
    }
    return List.copyOf(plan.actions);
  }

  private void allAtOnce() {
    replicas.wanted().forEach(this::replace);
    replicas.wanted().forEach(this::relabel);
    replicas.condemned().stream().filter(each -> !each.terminating()).forEach(this::delete);
    boolean free = replicas.wanted().stream().noneMatch(Replica::finished);
    if (!view.onDelete() && free) {
      update();
    }
  }

  /** Whether a place is not as it shall be; acts on the first such place. */
  private boolean waitsForReplica() {
    for (Replica replica : replicas.wanted()) {
      if (replace(replica) || replica.unavailable()) {
        return true;
      }
      relabel(replica);
    }
    return false;
  }

  /** Whether a surplus pod is still there; deletes the last when those before it are well. */
  private boolean waitsForCondemned() {
    if (replicas.condemned().isEmpty()) {
      return false;
    }
    Replica last = replicas.condemned().getFirst();
    boolean mayGo = last.available() || replicas.firstUnavailable(last);
    if (!last.terminating() && mayGo) {
      delete(last);
    }
    return true;
  }

  /** Deletes the last old pod, when those after it are updated and well. */
  private void update() {
    int first = Math.max(0, view.partition());
    for (int i = replicas.wanted().size() - 1; i >= first; i--) {
      Replica replica = replicas.wanted().get(i);
      boolean old = replica.pod() != null && !replica.revision().equals(revisions.update().name());
      if (old && !replica.terminating()) {
        delete(replica);
        return;
      }
      if (replica.unavailable()) {
        return;
      }
    }
  }

  /** Fills an empty place, and empties one whose pod has ended. Whether there was a need. */
  private boolean replace(Replica replica) {
    if (replica.pod() == null) {
      actions.add(new Action.Create(revisions.pod(set, view, replica.ordinal(), currentPods)));
      return true;
    }
    if (replica.finished() && !replica.terminating()) {
      delete(replica);
    }
    return replica.finished();
  }

  private void relabel(Replica replica) {
    Document pod = replica.pod();
    if (pod == null || replica.finished()) {
      return;
    }
    Map<String, String> labels = Identity.labels(set, replica.ordinal());
    if (!pod.meta().labels().entrySet().containsAll(labels.entrySet())) {
      actions.add(new Action.Relabel(pod, labels));
    }
  }

  private void delete(Replica replica) {
    if (replica.pod() != null) {
      actions.add(new Action.Delete(replica.pod()));
    }
  }
}
