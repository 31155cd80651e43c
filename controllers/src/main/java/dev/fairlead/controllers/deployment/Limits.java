package dev.fairlead.controllers.deployment;

import dev.fairlead.api.view.Deployment;

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
    int surge = resolve(deployment.maxSurge(), replicas, true);
    int unavailable = resolve(deployment.maxUnavailable(), replicas, false);
    if (surge == 0 && unavailable == 0) {
      unavailable = 1;
    }
    return new Limits(surge, Math.min(unavailable, replicas));
  }

  private static int resolve(String value, int replicas, boolean up) {
    if (!value.endsWith("%")) {
      return Integer.parseInt(value);
    }
    long hundredths = Long.parseLong(value.substring(0, value.length() - 1)) * replicas;
    return (int) (up ? Math.ceilDiv(hundredths, 100L) : Math.floorDiv(hundredths, 100L));
  }
}
