package dev.fairlead.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KeyedWorkQueueTest {
  private final AtomicLong nanos = new AtomicLong();
  private final KeyedWorkQueue<String> queue =
      new KeyedWorkQueue<>(new Backoff(Duration.ofMillis(5), Duration.ofMillis(40)), nanos::get);

  @AutoClose private final ExecutorService taker = Executors.newVirtualThreadPerTaskExecutor();

  @Test
  void aKeyAddedTwiceIsHandedOutOnce() throws Exception {
    queue.add("a");
    queue.add("a");
    assertThat(queue.take()).isEqualTo("a");
    assertThat(queue.depth()).isZero();
  }

  @Test
  void aKeyAddedWhileWorkedOnComesAgainAfterwards() throws Exception {
    queue.add("a");
    queue.take();
    queue.add("a");
    assertThat(queue.depth()).isZero();
    queue.done("a");
    assertThat(queue.depth()).isOne();
  }

  @Test
  void theEarlierOfTwoDelaysCounts() {
    queue.addAfter("a", Duration.ofMillis(10));
    queue.addAfter("a", Duration.ofMillis(50));
    queue.addAfter("b", Duration.ofMillis(50));
    queue.addAfter("b", Duration.ofMillis(10));
    advance(9);
    assertThat(queue.depth()).isZero();
    advance(1);
    assertThat(queue.depth()).isEqualTo(2);
    assertThat(queue.delayed()).isZero();
  }

  @Test
  void retriesDoubleUpToTheBoundAndForgetStartsOver() throws Exception {
    for (int millis : new int[] {5, 10, 20, 40, 40}) {
      queue.retry("a");
      advance(millis - 1);
      assertThat(queue.depth()).isZero();
      advance(1);
      assertThat(queue.take()).isEqualTo("a");
      queue.done("a");
    }
    queue.forget("a");
    queue.retry("a");
    advance(5);
    assertThat(queue.depth()).isOne();
  }

  /** However fast the worker is: it cannot take the first before the last is there. */
  @Test
  void keysAddedTogetherAreHandedOutInTheQueuesOrder() throws Exception {
    for (int i = 0; i < 200; i++) {
      var sorted = new KeyedWorkQueue<>(Backoff.QUEUE, Ticker.SYSTEM, new PriorityQueue<String>());
      Future<String> first = taker.submit(sorted::take);
      sorted.addAll(List.of("c", "b", "a"));
      assertThat(first.get()).isEqualTo("a");
    }
  }

  @Test
  void aClosedQueueHandsOutNothing() {
    queue.add("a");
    queue.close();
    queue.add("b");
    assertThatThrownBy(queue::take).isInstanceOf(InterruptedException.class);
  }

  @Test
  void noKeyIsEverWorkedOnTwiceAtATimeAndNoneIsLost() throws Exception {
    Random random = new Random(42);
    Set<String> working = new HashSet<>();
    Set<String> owed = new HashSet<>();
    for (int step = 0; step < 20_000; step++) {
      String key = "k" + random.nextInt(8);
      switch (random.nextInt(4)) {
        case 0 -> {
          queue.add(key);
          owed.add(key);
        }
        case 1 -> {
          queue.addAfter(key, Duration.ofNanos(random.nextInt(100)));
          owed.add(key);
        }
        case 2 -> {
          if (queue.depth() > 0) {
            String taken = queue.take();
            assertThat(working.add(taken)).as("worked on twice").isTrue();
            owed.remove(taken);
          }
        }
        default -> {
          if (working.remove(key)) {
            queue.done(key);
          }
          nanos.addAndGet(random.nextInt(50));
        }
      }
    }
    working.forEach(queue::done);
    nanos.addAndGet(1000);
    Set<String> rest = new HashSet<>();
    while (queue.depth() > 0) {
      String key = queue.take();
      rest.add(key);
      queue.done(key);
    }
    assertThat(rest).containsAll(owed);
  }

  private void advance(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}
