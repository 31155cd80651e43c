package dev.fairlead.kubelet.pod;

import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.api.quota.Amounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the pods of a node were promised, and who waits for more. The scheduler says what comes to
 * the node; here it is only decided whether a pod that is there may grow.
 */
public final class NodeAllocations {
  private final Map<String, Amounts> promised = new HashMap<>();
  private final Map<String, Runnable> waiting = new HashMap<>();

  /** A pod is there. */
  synchronized void put(String uid, Amounts requests) {
    promised.put(uid, requests);
  }

  /**
   * A pod asks for other amounts than before.
   *
   * @param again runs, on any thread, when a pod that was deferred may ask again
   */
  ResizeVerdict resize(
      String uid, Amounts wanted, Map<String, Quantity> allocatable, Runnable again) {
    ResizeVerdict verdict;
    List<Runnable> woken = List.of();
    synchronized (this) {
      verdict = ResizeVerdict.of(wanted, others(uid), allocatable);
      waiting.remove(uid);
      switch (verdict) {
        case ResizeVerdict.Granted granted -> {
          promised.put(uid, wanted);
          woken = wake();
        }
        case ResizeVerdict.Deferred deferred -> waiting.put(uid, again);
        case ResizeVerdict.Infeasible infeasible -> {}
      }
    }
    woken.forEach(Runnable::run);
    return verdict;
  }

  /** The pod needs nothing any more. */
  void free(String uid) {
    List<Runnable> woken;
    synchronized (this) {
      waiting.remove(uid);
      woken = promised.remove(uid) == null ? List.of() : wake();
    }
    woken.forEach(Runnable::run);
  }

  private List<Runnable> wake() {
    List<Runnable> woken = new ArrayList<>(waiting.values());
    waiting.clear();
    return woken;
  }

  private Amounts others(String uid) {
    Amounts all = Amounts.NONE;
    for (Map.Entry<String, Amounts> each : promised.entrySet()) {
      if (!each.getKey().equals(uid)) {
        all = all.plus(each.getValue());
      }
    }
    return all;
  }
}
