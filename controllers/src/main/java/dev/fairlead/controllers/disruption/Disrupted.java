package dev.fairlead.controllers.disruption;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pods whose eviction was let through and that are not seen as deleted yet, with the time of the
 * eviction.
 *
 * @param byName of pods that still exist
 * @param recheck when the next of them is given up; null when there are none
 */
record Disrupted(Map<String, Instant> byName, @Nullable Instant recheck) {
  /** After so long an eviction did not happen. */
  private static final Duration GIVE_UP = Duration.ofMinutes(2);

  Disrupted {
    byName = Map.copyOf(byName);
  }

  /**
   * What is still awaited.
   *
   * @param status of the budget
   * @param notDeleted told of each pod that should have gone by now
   */
  static Disrupted of(
      JsonNode status, Collection<Document> pods, Instant now, Consumer<Document> notDeleted) {
    Map<String, Instant> waiting = new TreeMap<>();
    Instant recheck = null;
    for (Document pod : pods) {
      String at = status.path("disruptedPods").path(pod.name()).asText("");
      if (at.isEmpty() || pod.meta().deleting()) {
        continue;
      }
      Instant evicted = Instant.parse(at);
      Instant end = evicted.plus(GIVE_UP);
      if (end.isBefore(now)) {
        notDeleted.accept(pod);
        continue;
      }
      waiting.put(pod.name(), evicted);
      recheck = recheck == null || end.isBefore(recheck) ? end : recheck;
    }
    return new Disrupted(waiting, recheck);
  }
}
