package dev.fairlead.controllers.daemonset;

import dev.fairlead.api.view.DaemonSet;
import dev.fairlead.controllers.Scaled;

/**
 * How far a rolling update may stray, in nodes; percentages round up.
 *
 * @param surge nodes that may have two pods, the new one before the old one goes
 * @param unavailable nodes without an available pod; 1 when both would be 0
 */
record Limits(int surge, int unavailable) {

  static Limits of(DaemonSet set, int nodes) {
    if (set.onDelete()) {
      return new Limits(0, 0);
    }
    int surge = Scaled.up(set.maxSurge(), nodes);
    int unavailable = Scaled.up(set.maxUnavailable(), nodes);
    boolean stuck = nodes > 0 && surge == 0 && unavailable == 0;
    return new Limits(surge, stuck ? 1 : unavailable);
  }
}
