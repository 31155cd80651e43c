package dev.fairlead.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InletTest {

  @Test
  void aBodyThatDripsIsGivenUp() throws Exception {
    AtomicLong clock = new AtomicLong();
    Duration patience = Duration.ofSeconds(10);
    Inlet inlet =
        new Inlet(
            1_000_000,
            patience,
            () -> {},
            () -> {},
            () -> clock.getAndAdd(Duration.ofSeconds(1).toNanos()));
    AtomicBoolean over = new AtomicBoolean();
    Thread peer =
        Thread.ofVirtual()
            .start(() -> {
              while (!over.get()) {
                if (inlet.available() == 0) {
                  inlet.offer(new byte[1]);
                }
                Thread.yield();
              }
            });
    assertThatThrownBy(inlet::readAllBytes)
        .isInstanceOf(BodyException.class)
        .hasMessage("the body came too slowly");
    over.set(true);
    peer.join();
  }
}
