package dev.fairlead.kubelet.pod;

import java.time.Duration;

/** Durations as upstream's messages write them: {@code 10s}, {@code 2m40s}, {@code 5m0s}. */
final class GoDuration {
  private GoDuration() {}

  static String of(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
  }
}
