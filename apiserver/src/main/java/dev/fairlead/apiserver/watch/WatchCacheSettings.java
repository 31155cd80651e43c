package dev.fairlead.apiserver.watch;

import java.time.Duration;

/**
 * Bounds of the watch cache.
 *
 * @param windowEventsMax events kept for each type
 * @param windowAgeMax events older than this are dropped, except the newest hundred of a type
 * @param queueEventsMax events that a watcher may lag behind before it is cut off
 * @param bookmarkPeriod how often watchers that allow it get a bookmark
 * @param freshnessWaitMax how long a read waits for the cache to reach its revision
 */
public record WatchCacheSettings(
    int windowEventsMax,
    Duration windowAgeMax,
    int queueEventsMax,
    Duration bookmarkPeriod,
    Duration freshnessWaitMax) {

  /** 8,192 events or five minutes, queues of 4,096, a bookmark a minute, three seconds. */
  public static final WatchCacheSettings DEFAULT =
      new WatchCacheSettings(
          8_192, Duration.ofMinutes(5), 4_096, Duration.ofMinutes(1), Duration.ofSeconds(3));
}
