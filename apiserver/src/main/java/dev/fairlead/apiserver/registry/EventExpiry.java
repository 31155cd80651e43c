package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.apiserver.allocation.Reservation;
import dev.fairlead.apiserver.watch.Selection;
import dev.fairlead.apiserver.watch.Timers;
import dev.fairlead.apiserver.watch.Versions;
import dev.fairlead.apiserver.watch.WatchCache;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Removes events an hour after they were last seen (upstream: {@code --event-ttl}). */
final class EventExpiry implements AutoCloseable {
  static final Duration TTL = Duration.ofHours(1);
  static final Duration PERIOD = Duration.ofMinutes(1);

  /** So many are removed at a time; the rest wait for the next. */
  private static final int REMOVED_MAX = 5_000;

  private static final List<String> TIMES =
      List.of(
          "/metadata/creationTimestamp",
          "/firstTimestamp",
          "/lastTimestamp",
          "/eventTime",
          "/series/lastObservedTime");

  private final ObjectStore objects;
  private final WatchCache cache;
  private final InstantSource clock;
  private final Timers.Timer timer;

  EventExpiry(ObjectStore objects, WatchCache cache, InstantSource clock, Timers timers) {
    this.objects = objects;
    this.cache = cache;
    this.clock = clock;
    this.timer = timers.every(PERIOD, this::removeOld);
  }

  @Override
  public void close() {
    timer.close();
  }

  private void removeOld() {
    Instant before = clock.instant().minus(TTL);
    cache.newest(Kinds.EVENT).objects(new Selection.Scope("", "")).stream()
        .filter(event -> lastSeen(event).isBefore(before))
        .limit(REMOVED_MAX)
        .forEach(this::remove);
  }

  /** An event that was written since stays: the write compares. */
  private void remove(Document event) {
    ObjectStore.Outcome _ =
        objects.write(
            Kinds.EVENT.storageKey(event.key()), null, Versions.of(event), Reservation.NONE);
  }

  /** The latest of the times that an event tells, as far as they can be read. */
  static Instant lastSeen(Document event) {
    Instant latest = Instant.EPOCH;
    for (String pointer : TIMES) {
      Instant told = time(event.tree().at(pointer));
      latest = told.isAfter(latest) ? told : latest;
    }
    return latest;
  }

  /** A time that nobody can read does not keep an event. */
  private static Instant time(JsonNode time) {
    try {
      return time.isTextual() ? Instant.parse(time.asText()) : Instant.EPOCH;
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
