package dev.fairlead.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ControllerTest {

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
  void whateverFailsIsTriedAgainAndEndsNoWorker(Class<? extends Throwable> failure)
      throws Exception {
    Throwable wanted = failure.getConstructor(String.class).newInstance("as the test wants");
    BlockingQueue<String> tries = new LinkedBlockingQueue<>();
    AtomicInteger count = new AtomicInteger();
    WorkQueue<String> queue = new KeyedWorkQueue<>();
    Reconciler<String> reconciler =
        key -> {
          tries.add(key);
          if (count.incrementAndGet() == 1) {
            ControllerTest.<RuntimeException>raise(wanted);
          }
        };
    try (Controller _ = Controller.start("test", 1, queue, reconciler)) {
      queue.add("key");
      assertThat(tries.poll(30, TimeUnit.SECONDS)).isEqualTo("key");
      assertThat(tries.poll(30, TimeUnit.SECONDS)).isEqualTo("key");
    }
  }

  @SuppressWarnings("unchecked") // The compiler is told that it is unchecked.
  private static <T extends Throwable> void raise(Throwable failure) throws T {
    throw (T) failure;
  }
}
