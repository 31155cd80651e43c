package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.controllers.Pods;
import org.jspecify.annotations.Nullable;

/**
 * Whether a change could help a pod that no node could take (upstream: queueing hints). Too much
 * hope costs a decision, too little leaves a pod waiting: when in doubt, it could.
 */
final class Hints {
  private Hints() {}

  /**
   * Whether a change of another pod could help.
   *
   * @param before null for one that is new
   * @param after null for one that is gone
   */
  static boolean helps(
      PodInfo waiting, @Nullable Document before, @Nullable Document after, Namespaces known) {
    boolean was = before != null && assigned(before);
    boolean is = after != null && assigned(after);
    if (before != null && !is && (was || (promised(before) && !samePromise(before, after)))) {
      return true; // whatever it needed is free now
    }
    if (after == null || !is) {
      return false;
    }
    if (before == null || !was) {
      return wanted(waiting, after, known);
    }
    if (waiting.requests().keySet().stream().anyMatch(Requests.freed(before, after)::contains)) {
      return true;
    }
    boolean same =
        before.meta().labels().equals(after.meta().labels())
            && before.meta().deleting() == after.meta().deleting();
    return !same && (meant(waiting, before, known) || meant(waiting, after, known));
  }

  private static boolean assigned(Document pod) {
    return !Pods.finished(pod) && !Pods.nodeName(pod).isEmpty();
  }

  private static boolean promised(Document pod) {
    return !Priority.nominated(pod).isEmpty();
  }

  private static boolean samePromise(Document before, @Nullable Document after) {
    return after != null && Priority.nominated(before).equals(Priority.nominated(after));
  }

  /** Whether the pod waits for such a one to come: to be near it, or to be spread with it. */
  private static boolean wanted(PodInfo waiting, Document other, Namespaces known) {
    return any(waiting.affinity(), other, known)
        || waiting.spread().stream()
            .anyMatch(each ->
                each.hard()
                    && other.namespace().equals(waiting.pod().namespace())
                    && each.selector().matches(other.meta().labels()));
  }

  /** Whether it matters to the pod that such a one is there. */
  private static boolean meant(PodInfo waiting, Document other, Namespaces known) {
    return wanted(waiting, other, known) || any(waiting.antiAffinity(), other, known);
  }

  private static boolean any(PodAffinity affinity, Document other, Namespaces known) {
    return affinity.required().stream().anyMatch(term -> term.matches(other, known));
  }

  /** Whether anything has changed of a pod without a node that its own decision rests on. */
  static boolean differs(Document before, Document after) {
    return !Json.same(before.spec(), after.spec())
        || !before.meta().labels().equals(after.meta().labels());
  }

  /** Whether anything that a filter reads has changed of a node; heartbeats have not. */
  static boolean nodeDiffers(Document before, Document after) {
    return differs(before, after)
        || !Json.same(before.status().path("allocatable"), after.status().path("allocatable"))
        || NodeInfo.ready(before) != NodeInfo.ready(after);
  }
}
