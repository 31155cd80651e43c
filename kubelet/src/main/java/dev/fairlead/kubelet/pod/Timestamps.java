package dev.fairlead.kubelet.pod;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the API writes them (API: {@code meta/v1 Time}). */
public final class Timestamps {
  private Timestamps() {}

  /** RFC 3339 in UTC, whole seconds. */
  public static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
