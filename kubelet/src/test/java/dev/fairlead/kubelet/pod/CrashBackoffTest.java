package dev.fairlead.kubelet.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrashBackoffTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void theFirstRestartIsAtOnceThenTheDelayDoublesUpToFiveMinutes() {
    CrashBackoff backoff = new CrashBackoff();
    Instant now = START;
    List<Long> waits = new ArrayList<>();
    for (int crash = 0; crash < 8; crash++) {
      Duration wait = backoff.remaining("c", now, now);
      waits.add(wait.toSeconds());
      Instant failedAt = now;
      now = now.plus(wait);
      backoff.next("c", failedAt, now);
    }
    assertThat(waits).containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L);
  }

  @Test
  void tenMinutesOfRunningAreForgiven() {
    CrashBackoff backoff = new CrashBackoff();
    backoff.next("c", START, START);
    backoff.next("c", START, START);
    Instant later = START.plus(Duration.ofMinutes(10)).plusSeconds(1);
    assertThat(backoff.remaining("c", later, later)).isZero();
    backoff.next("c", later, later);
    assertThat(backoff.delay("c")).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void whatIsLeftShrinksWithTime() {
    CrashBackoff backoff = new CrashBackoff();
    backoff.next("c", START, START);
    Instant failed = START.plusSeconds(3);
    assertThat(backoff.remaining("c", failed, failed.plusSeconds(4))).hasSeconds(6);
    assertThat(backoff.remaining("c", failed, failed.plusSeconds(40))).isZero();
    assertThat(backoff.remaining("other", failed, failed)).isZero();
  }
}
