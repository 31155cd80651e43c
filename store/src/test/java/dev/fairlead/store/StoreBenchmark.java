package dev.fairlead.store;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Durable creates per second, by a number of clients that each wait for one answer before they send
 * the next. Arguments: {@code sqlite FILE} or {@code etcd URL}, clients, seconds. See {@code
 * bench/store/README.md}.
 */
public final class StoreBenchmark {
  private static final byte[] VALUE = new byte[1024];
  private static final int SAMPLES_MAX = 1_000_000;
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  /** One durable create. */
  private interface Client {
    void create(String key) throws Exception;
  }

  private StoreBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Arrays.fill(VALUE, (byte) 'x');
    int clients = Integer.parseInt(arguments[2]);
    Duration time = Duration.ofSeconds(Long.parseLong(arguments[3]));
    if (arguments[0].equals("etcd")) {
      try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
        URI uri = URI.create(arguments[1] + "/v3/kv/txn");
        measure(arguments[0], clients, time, key -> post(http, uri, key));
      }
      return;
    }
    try (Store store = SqliteStore.open(Path.of(arguments[1]))) {
      String value = new String(VALUE, StandardCharsets.UTF_8);
      measure(arguments[0], clients, time, key -> store.commit(Transactions.create(key, value)));
    }
  }

  private static void post(HttpClient http, URI uri, String key) throws Exception {
    String name = base64(key.getBytes(StandardCharsets.UTF_8));
    String body =
        """
        {"compare":[{"key":"%s","target":"MOD","mod_revision":"0"}],
        "success":[{"request_put":{"key":"%s","value":"%s"}}]}\
        """
            .formatted(name, name, base64(VALUE));
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200 || !answer.body().contains("\"succeeded\":true")) {
      throw new IllegalStateException("etcd answered " + answer.statusCode() + answer.body());
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void measure(String name, int clients, Duration time, Client client)
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
