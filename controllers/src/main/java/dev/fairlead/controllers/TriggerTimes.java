package dev.fairlead.controllers;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When the oldest change happened that the endpoints of a Service do not show yet: the value of the
 * annotation {@value #ANNOTATION}, from which programming latency is measured.
 */
public final class TriggerTimes {
  public static final String ANNOTATION = "endpoints.kubernetes.io/last-change-trigger-time";

  private final Map<ObjectKey, Seen> byService = new ConcurrentHashMap<>();

  private record Seen(@Nullable Instant service, Map<ObjectKey, Instant> pods) {}

  /**
   * The oldest change since the call before, for one Service.
   *
   * @return null when nothing has a new time
   */
  public @Nullable Instant next(Document service, Collection<Document> pods) {
    Seen before = byService.getOrDefault(service.key(), new Seen(null, Map.of()));
    Map<ObjectKey, Instant> times = new HashMap<>();
    Instant oldest = null;
    for (Document pod : pods) {
      Instant time = Pods.readyTransition(pod);
      if (time != null) {
        times.put(pod.key(), time);
        oldest = newer(time, before.pods().get(pod.key())) ? min(oldest, time) : oldest;
      }
    }
    Instant created = service.meta().creationTimestamp();
    if (created != null && newer(created, before.service())) {
      oldest = min(oldest, created);
    }
    byService.put(service.key(), new Seen(created, times));
    return oldest;
  }

  /** Forgets a Service. */
  public void forget(ObjectKey service) {
    byService.remove(service);
  }

  private static boolean newer(Instant time, @Nullable Instant before) {
    return before == null || time.isAfter(before);
  }

  private static Instant min(@Nullable Instant one, Instant other) {
    return one == null || other.isBefore(one) ? other : one;
  }
}
