package dev.fairlead.controllers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a controller has ordered and its informer has not shown yet (upstream: {@code
 * UIDTrackingControllerExpectations}). While something is outstanding the local copy is behind, and
 * deciding on it would create or delete too much. Whatever is outstanding for too long is given up.
 */
final class Expectations {
  /**
   * For how long something may be outstanding. Whoever found that it is has to look again after
   * that, since what is never seen wakes nobody.
   */
  public static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Clock clock;
  private final Map<String, Outstanding> outstanding = new HashMap<>();

  private static final class Outstanding {
    private final Instant since;
    private final Set<String> deletions = new HashSet<>();
    private int creations;

    Outstanding(Instant since) {
      this.since = since;
    }
  }

  /** None outstanding. */
  public Expectations(Clock clock) {
    this.clock = clock;
  }

  /** Whether the local copy shows all that was ordered for this owner. */
  public synchronized boolean satisfied(String ownerUid) {
    Outstanding entry = outstanding.get(ownerUid);
    if (entry == null) {
      return true;
    }
    if (entry.since.plus(PATIENCE).isBefore(clock.instant())) {
      outstanding.remove(ownerUid);
      return true;
    }
    return false;
  }

  /** To be called before ordering. */
  public synchronized void expectCreations(String ownerUid, int count) {
    entry(ownerUid).creations += count;
  }

  /** To be called before ordering. */
  public synchronized void expectDeletions(String ownerUid, Set<String> podUids) {
    entry(ownerUid).deletions.addAll(podUids);
  }

  /** A creation was seen, or will never come. */
  public synchronized void creationSeen(String ownerUid) {
    Outstanding entry = outstanding.get(ownerUid);
    if (entry != null && entry.creations > 0) {
      entry.creations--;
      settle(ownerUid, entry);
    }
  }

  /** A deletion was seen, or will never come. */
  public synchronized void deletionSeen(String ownerUid, String podUid) {
    Outstanding entry = outstanding.get(ownerUid);
    if (entry != null && entry.deletions.remove(podUid)) {
      settle(ownerUid, entry);
    }
  }

  /** Forgets an owner. */
  public synchronized void forget(String ownerUid) {
    outstanding.remove(ownerUid);
  }

  private Outstanding entry(String ownerUid) {
    return outstanding.computeIfAbsent(ownerUid, uid -> new Outstanding(clock.instant()));
  }

  private void settle(String ownerUid, Outstanding entry) {
    if (entry.creations == 0 && entry.deletions.isEmpty()) {
      outstanding.remove(ownerUid);
    }
  }
}
