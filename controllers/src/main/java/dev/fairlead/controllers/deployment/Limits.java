package dev.fairlead.controllers.deployment;

import dev.fairlead.api.view.Deployment;
import dev.fairlead.controllers.Scaled;

/**
 * How far a rolling update may stray from the wanted number of pods, in pods (upstream: {@code
 * ResolveFenceposts}).
 *
 * @param surge so many more may exist; percentages round up
 * @param unavailable so many fewer may be available; percentages round down; 1 when both would be 0
 */
record Limits(int surge, int unavailable) {

  /** The limits of a Deployment; none of either unless it rolls. */
  static Limits of(Deployment deployment) {
    if (deployment.recreate()) {
      return new Limits(0, 0);
    }
    int replicas = deployment.replicas();
    int surge = Scaled.up(deployment.maxSurge(), replicas);
    int unavailable = Scaled.down(deployment.maxUnavailable(), replicas);
    if (surge == 0 && unavailable == 0) {
      unavailable = 1;
    }
    return new Limits(surge, Math.min(unavailable, replicas));
  }
}
