package dev.fairlead.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * One change, told to 1,000 watchers that have a TLS connection each. Arguments: what to call the
 * server, the media type of the watches, its folder, its command.
 */
public final class WatchersBench {
  private static final int WATCHERS = 1_000;
  private static final int WARM_UP = 100;
  private static final int CHANGES = 200;
  private static final String WATCH = BenchPods.PATH + "?watch=true&resourceVersion=0";

  private volatile CountDownLatch waiting = new CountDownLatch(WATCHERS);

  private WatchersBench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> command = List.of(arguments).subList(3, arguments.length);
    try (ServerProcess server = new ServerProcess(Path.of(arguments[2]), command);
        ApiCaller caller = server.caller();
        ApiCaller watching = server.caller()) {
      new WatchersBench().run(arguments[0], arguments[1], server, caller, watching);
    }
  }

  private void run(
      String name, String accept, ServerProcess server, ApiCaller caller, ApiCaller watching)
      throws InterruptedException {
    caller.send("POST", BenchPods.PATH, "application/json", BenchPods.pod("web", 0));
    List<CompletableFuture<?>> watches = open(accept, watching);
    await(); // each has been told of the pod that is there
    for (int i = 0; i < WARM_UP; i++) {
      change(caller, -1 - i);
    }
    Figures before = server.figures();
    long[] nanos = new long[CHANGES];
    for (int i = 0; i < CHANGES; i++) {
      nanos[i] = change(caller, i);
    }
    Figures used = server.figures().since(before);
    watches.forEach(watch -> watch.cancel(true));
    Arrays.sort(nanos);
    double told = (double) CHANGES * WATCHERS;
    System.out.printf(
        "%-16s %-38s %d watchers: the last is told after p50 %6.1f ms  p99 %6.1f ms  server, for each event and watcher:"
            + " %5.1f us CPU, %6.0f bytes allocated%n",
        name,
        accept,
        WATCHERS,
        nanos[CHANGES / 2] / 1e6,
        nanos[CHANGES * 99 / 100] / 1e6,
        used.cpuNanos() / 1e3 / told,
        used.allocatedBytes() / told);
  }

  private List<CompletableFuture<?>> open(String accept, ApiCaller watching) {
    List<CompletableFuture<?>> watches = new ArrayList<>();
    for (int i = 0; i < WATCHERS; i++) {
      HttpRequest request =
          watching.request(WATCH, accept).version(HttpClient.Version.HTTP_1_1).build();
      watches.add(watching.client().sendAsync(request, answer -> new Watcher()));
    }
    return watches;
  }

  private long change(ApiCaller caller, int round) throws InterruptedException {
    waiting = new CountDownLatch(WATCHERS);
    long begin = System.nanoTime();
    caller.send(
        "PATCH",
        BenchPods.PATH + "/web",
        "application/merge-patch+json",
        BenchPods.annotation(round));
    await();
    return System.nanoTime() - begin;
  }

  private void await() throws InterruptedException {
    if (!waiting.await(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "%d watchers were not told within 30 s".formatted(waiting.getCount()));
    }
  }

  /** Takes what comes between two changes for one event, which it is. */
  private final class Watcher implements HttpResponse.BodySubscriber<Void> {
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private CountDownLatch told = new CountDownLatch(0);

    @Override
    public CompletableFuture<Void> getBody() {
      return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
      CountDownLatch now = waiting;
      if (now != told && bytes.stream().anyMatch(ByteBuffer::hasRemaining)) {
        told = now;
        now.countDown();
      }
    }

    @Override
    public void onError(Throwable error) {
      end.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }
}
