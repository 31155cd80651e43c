package dev.fairlead.kubelet;

import java.time.Duration;

/**
 * Durations as upstream's messages write them: {@code 10s}, {@code 2m40s}, {@code 5m0s}, {@code
 * 1h0m0s}; whole seconds.
 */
public final class GoDuration {
  private GoDuration() {}

  /** A duration in Go's notation. */
  public static String of(Duration duration) {
    long seconds = duration.toSeconds();
    String text = seconds % 60 + "s";
    if (seconds >= 60) {
      text = seconds / 60 % 60 + "m" + text;
    }
    return seconds >= 3600 ? seconds / 3600 + "h" + text : text;
  }
}
