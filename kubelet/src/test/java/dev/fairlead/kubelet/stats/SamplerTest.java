package dev.fairlead.kubelet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final Owner C = new Owner("u", "c");
  private static final Owner BROKEN = new Owner("u", "broken");
  private static final long SECOND = 1_000_000_000;

  private final Map<Owner, Usage> used = new HashMap<>();
  private final Map<Owner, Instant> running = new HashMap<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private int readings;
  private Runnable next = () -> {};

  private final Sampler sampler =
      new Sampler(
          new UsageSource() {
            @Override
            public Map<Owner, Usage> containers() {
              readings++;
              if (used.containsKey(BROKEN)) {
                throw new IllegalStateException("the test wants it");
              }
              return Map.copyOf(used);
            }

            @Override
            public Usage machine() {
              return new Usage(readings * SECOND, 1 << 20);
            }
          },
          () -> running,
          () -> now,
          (delay, action) -> {
            next = action;
            return () -> {};
          });

  private Measured container() throws IOException {
    return sampler.snapshot().containers().get(C);
  }

  @Test
  void theFirstRateIsThatSinceTheStart() throws IOException {
    running.put(C, now.minusSeconds(10));
    used.put(C, new Usage(5 * SECOND, 4096));
    Measured measured = container();
    assertThat(measured.nanoCores()).isEqualTo(SECOND / 2);
    assertThat(measured.window()).isEqualTo(Duration.ofSeconds(10));
    assertThat(measured.usage().memoryBytes()).isEqualTo(4096);
  }

  @Test
  void laterOnesAreThoseSinceTheReadingBefore() throws IOException {
    running.put(C, now.minusSeconds(10));
    used.put(C, new Usage(5 * SECOND, 0));
    assertThat(container()).isNotNull();
    now = now.plusSeconds(20);
    used.put(C, new Usage(15 * SECOND, 0));
    assertThat(container().nanoCores()).isEqualTo(SECOND / 2);
    assertThat(container().window()).isEqualTo(Duration.ofSeconds(20));
    assertThat(sampler.snapshot().node().nanoCores()).isEqualTo(SECOND / 20);
  }

  @Test
  void whateverGoesWrong_itIsReadAgain() throws IOException {
    running.put(C, now.minusSeconds(10));
    used.put(BROKEN, Usage.NONE);
    assertThatThrownBy(sampler::start).isInstanceOf(IllegalStateException.class);
    used.remove(BROKEN);
    next.run();
    assertThat(readings).isEqualTo(2);
    assertThat(container()).isNotNull();
  }

  @Test
  void aFreshReadingIsNotRepeated() throws IOException {
    running.put(C, now.minusSeconds(10));
    assertThat(container()).isNotNull();
    now = now.plusSeconds(4);
    assertThat(container()).isNotNull();
    assertThat(readings).isEqualTo(1);
    now = now.plusSeconds(1);
    assertThat(container()).isNotNull();
    assertThat(readings).isEqualTo(2);
  }

  @Test
  void aRestartBeginsAtNothing() throws IOException {
    running.put(C, now.minusSeconds(10));
    used.put(C, new Usage(5 * SECOND, 0));
    assertThat(container()).isNotNull();
    now = now.plusSeconds(20);
    running.put(C, now.minusSeconds(4));
    used.put(C, new Usage(SECOND, 0));
    assertThat(container().nanoCores()).isEqualTo(SECOND / 4);
  }

  @Test
  void aCounterThatGoesBackStandsStill() throws IOException {
    running.put(C, now.minusSeconds(10));
    used.put(C, new Usage(5 * SECOND, 0));
    assertThat(container()).isNotNull();
    now = now.plusSeconds(20);
    used.put(C, new Usage(SECOND, 0));
    assertThat(container().nanoCores()).isZero();
  }
}
