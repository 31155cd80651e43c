package dev.fairlead.controllers.daemonset;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds back the replacement of pods that fail again and again on a node: a second, then twice as
 * long each time, up to a quarter of an hour; forgotten after twice that without a failure.
 */
final class FailedPods {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MAX = Duration.ofMinutes(15);

  private final Map<Place, Wait> waits = new HashMap<>();

  private record Place(String setUid, String node) {}

  private record Wait(Instant since, Duration length) {}

  /**
   * How long the failed pod of this place has to stay; zero when it may go now, which counts as one
   * more failure.
   */
  synchronized Duration hold(String setUid, String node, Instant now) {
    waits.values().removeIf(wait -> wait.since().plus(MAX.multipliedBy(2)).isBefore(now));
    Place place = new Place(setUid, node);
    Wait wait = waits.get(place);
    if (wait != null && now.isBefore(wait.since().plus(wait.length()))) {
      return Duration.between(now, wait.since().plus(wait.length()));
    }
    Duration next = wait == null ? FIRST : wait.length().multipliedBy(2);
    waits.put(place, new Wait(now, next.compareTo(MAX) > 0 ? MAX : next));
    return Duration.ZERO;
  }
}
