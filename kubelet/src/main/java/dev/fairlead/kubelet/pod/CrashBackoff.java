package dev.fairlead.kubelet.pod;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How long to wait before something that failed is tried again: 10 s, doubled with each try up to 5
 * min, forgotten when 10 min have passed since the last one. The first retry is at once (upstream:
 * client-go {@code flowcontrol.Backoff} as the kubelet uses it). Used by one thread.
 */
public final class CrashBackoff {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration MAX = Duration.ofMinutes(5);

  private final Map<String, Entry> entries = new HashMap<>();

  private record Entry(Duration delay, Instant since) {}

  /**
   * What is left to wait.
   *
   * @param failedAt when it failed
   * @return zero when it may be tried now
   */
  public Duration remaining(String key, Instant failedAt, Instant now) {
    Entry entry = entries.get(key);
    if (entry == null || expired(entry, failedAt)) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(now, failedAt.plus(entry.delay()));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The whole delay in force; zero when none is. */
  public Duration delay(String key) {
    Entry entry = entries.get(key);
    return entry == null ? Duration.ZERO : entry.delay();
  }

  /** It is tried again now, having failed at that time: the next delay is longer. */
  public void next(String key, Instant failedAt, Instant now) {
    Entry entry = entries.get(key);
    Duration delay = FIRST;
    if (entry != null && !expired(entry, failedAt)) {
      Duration doubled = entry.delay().multipliedBy(2);
      delay = doubled.compareTo(MAX) > 0 ? MAX : doubled;
    }
    entries.put(key, new Entry(delay, now));
  }

  private static boolean expired(Entry entry, Instant failedAt) {
    return Duration.between(entry.since(), failedAt).compareTo(MAX.multipliedBy(2)) > 0;
  }
}
