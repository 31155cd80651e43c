package dev.fairlead.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that each wait for one durable create before they send the next, timed. */
public final class CreateLoad {
  /** What is written, 1 KiB. */
  public static final byte[] VALUE = "x".repeat(1024).getBytes(StandardCharsets.UTF_8);

  private static final int SAMPLES_MAX = 1_000_000;
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  /** One durable create. */
  public interface Client {
    void create(String key) throws Exception;
  }

  private CreateLoad() {}

  /**
   * Prints creates per second, p50 and p99 of {@code time}, after a warm-up that is not counted.
   */
  public static void measure(String name, int clients, Duration time, Client client)
      throws Exception {
    AtomicLong done = new AtomicLong();
    long[] nanos = new long[SAMPLES_MAX];
    long begin = System.nanoTime() + WARM_UP.toNanos();
    long end = begin + time.toNanos();
    Thread[] threads = new Thread[clients];
    for (int i = 0; i < clients; i++) {
      int number = i;
      threads[i] = Thread.ofVirtual().start(() -> load(number, client, begin, end, done, nanos));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    int count = (int) Math.min(done.get(), SAMPLES_MAX);
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    System.out.printf(
        "%s clients=%d creates/s=%.0f p50=%.2fms p99=%.2fms%n",
        name,
        clients,
        done.get() / (double) time.toSeconds(),
        sorted[count / 2] / 1e6,
        sorted[(int) (count * 0.99)] / 1e6);
  }

  private static void load(
      int number, Client client, long begin, long end, AtomicLong done, long[] nanos) {
    String prefix = "/registry/bench/" + begin + "/" + number + "/";
    for (long i = 0; System.nanoTime() < end; i++) {
      long start = System.nanoTime();
      try {
        client.create(prefix + i);
      } catch (Exception e) {
        throw new IllegalStateException("a create failed, the run does not count", e);
      }
      long stop = System.nanoTime();
      if (start >= begin && stop <= end) {
        int place = (int) done.getAndIncrement();
        if (place < SAMPLES_MAX) {
          nanos[place] = stop - start;
        }
      }
    }
  }
}
