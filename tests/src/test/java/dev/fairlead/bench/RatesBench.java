package dev.fairlead.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gets, creates, updates, patches and applies of pods per second, by one client and by sixteen,
 * each of which waits for its answer. Arguments: what to call the server, its folder, its command.
 */
public final class RatesBench {
  private static final int[] CLIENTS = {1, 16};

  /** Both processes are cold at first, and what is measured first would pay for it. */
  private static final Duration WARM_UP = Duration.ofSeconds(4);

  private static final Duration START = Duration.ofMillis(700);
  private static final Duration TIME = Duration.ofSeconds(2);
  private static final int SAMPLES_MAX = 1_000_000;

  private final ServerProcess server;
  private final String name;

  private RatesBench(String name, ServerProcess server) {
    this.name = name;
    this.server = server;
  }

  /** One request of a client's; {@code round} differs from call to call. */
  @FunctionalInterface
  private interface Call {
    void send(ApiCaller caller, String pod, long round);
  }

  private record Verb(String name, Call call) {}

  private static final List<Verb> VERBS =
      List.of(
          new Verb("get", (caller, pod, round) -> caller.get(path(pod))),
          new Verb(
              "create",
              (caller, pod, round) -> {
                String next = pod + "-" + round;
                caller.send("POST", BenchPods.PATH, "application/json", BenchPods.pod(next, round));
              }),
          new Verb(
              "update",
              (caller, pod, round) ->
                  caller.send("PUT", path(pod), "application/json", BenchPods.pod(pod, round))),
          patch("merge patch", "application/merge-patch+json"),
          patch("strategic patch", "application/strategic-merge-patch+json"),
          new Verb(
              "JSON patch",
              (caller, pod, round) ->
                  caller.send(
                      "PATCH",
                      path(pod),
                      "application/json-patch+json",
                      "[{\"op\":\"replace\",\"path\":\"/metadata/annotations/round\",\"value\":\"%d\"}]"
                          .formatted(round))),
          new Verb(
              "apply",
              (caller, pod, round) ->
                  caller.send(
                      "PATCH",
                      path(pod) + "?fieldManager=bench&force=true",
                      "application/apply-patch+yaml",
                      BenchPods.pod(pod, round))));

  private static Verb patch(String name, String mediaType) {
    return new Verb(
        name,
        (caller, pod, round) ->
            caller.send("PATCH", path(pod), mediaType, BenchPods.annotation(round)));
  }

  private static String path(String pod) {
    return BenchPods.PATH + "/" + pod;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> command = List.of(arguments).subList(2, arguments.length);
    try (ServerProcess server = new ServerProcess(Path.of(arguments[1]), command)) {
      RatesBench bench = new RatesBench(arguments[0], server);
      bench.warmUp();
      for (Verb verb : VERBS) {
        for (int clients : CLIENTS) {
          bench.measure(verb, clients);
        }
      }
    }
  }

  /** Every verb for a while; the pods of it go again. */
  private void warmUp() throws InterruptedException {
    int clients = CLIENTS[CLIENTS.length - 1];
    try (ApiCaller caller = server.caller()) {
      for (Verb verb : VERBS) {
        createPods(verb, clients, caller);
        try {
          run(verb, clients, caller, WARM_UP, 1L << 32);
        } catch (IllegalStateException e) {
          System.out.printf("%-16s %-16s not served: %s%n", name, verb.name(), e.getMessage());
        }
        caller.send("DELETE", BenchPods.PATH, "application/json", "{\"gracePeriodSeconds\": 0}");
      }
    }
  }

  private static void createPods(Verb verb, int clients, ApiCaller caller) {
    for (int i = 0; i < clients; i++) {
      String pod = pod(verb, clients, i);
      caller.send("POST", BenchPods.PATH, "application/json", BenchPods.pod(pod, 0));
    }
  }

  private void measure(Verb verb, int clients) throws InterruptedException {
    try (ApiCaller caller = server.caller()) {
      createPods(verb, clients, caller);
      try {
        run(verb, clients, caller, START, 1L << 32);
      } catch (IllegalStateException _) {
        return; // the warm-up told of it
      }
      Figures before = server.figures();
      long[] nanos = run(verb, clients, caller, TIME, 0);
      report(verb, clients, nanos, server.figures().since(before));
    }
  }

  private static String pod(Verb verb, int clients, int client) {
    return verb.name().toLowerCase(java.util.Locale.ROOT).replace(' ', '-')
        + "-"
        + clients
        + "-"
        + client;
  }

  /** The time that each call took, sorted. */
  private static long[] run(
      Verb verb, int clients, ApiCaller caller, Duration time, long firstRound)
      throws InterruptedException {
    long[] nanos = new long[SAMPLES_MAX];
    AtomicInteger done = new AtomicInteger();
    List<IllegalStateException> failures =
        java.util.Collections.synchronizedList(new java.util.ArrayList<>());
    long end = System.nanoTime() + time.toNanos();
    Thread[] threads = new Thread[clients];
    for (int i = 0; i < clients; i++) {
      String pod = pod(verb, clients, i);
      threads[i] =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (long round = firstRound + 1; System.nanoTime() < end; round++) {
                    long begin = System.nanoTime();
                    verb.call().send(caller, pod, round);
                    nanos[done.getAndIncrement()] = System.nanoTime() - begin;
                  }
                } catch (IllegalStateException e) {
                  failures.add(e);
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    long[] sorted = Arrays.copyOf(nanos, done.get());
    Arrays.sort(sorted);
    return sorted;
  }

  private void report(Verb verb, int clients, long[] nanos, Figures used) {
    System.out.printf(
        "%-16s %-16s %2d clients %7.0f/s  p50 %6.2f ms  p99 %6.2f ms  server: %5.0f us CPU, %5.0f KB allocated each%n",
        name,
        verb.name(),
        clients,
        nanos.length / (TIME.toMillis() / 1e3),
        nanos[nanos.length / 2] / 1e6,
        nanos[(int) (nanos.length * 0.99)] / 1e6,
        used.cpuNanos() / 1e3 / nanos.length,
        used.allocatedBytes() / 1e3 / nanos.length);
  }
}
