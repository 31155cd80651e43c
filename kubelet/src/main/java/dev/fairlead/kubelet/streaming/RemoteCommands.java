package dev.fairlead.kubelet.streaming;

import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpRequest;
import dev.fairlead.http.stream.ByteStream;
import dev.fairlead.http.stream.StreamConnection;
import dev.fairlead.kubelet.runtime.ContainerStartException;
import dev.fairlead.kubelet.runtime.RunningCommand;
import dev.fairlead.kubelet.streaming.StreamedPods.Registration;
import dev.fairlead.kubelet.streaming.StreamedPods.StreamedPod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Serves one exec or attach session: streams {@code error}, {@code stdin}, {@code stdout}, {@code
 * stderr} and {@code resize} (upstream: {@code remotecommand}, {@code v4.channel.k8s.io}).
 */
final class RemoteCommands {
  private static final List<String> PROTOCOLS = List.of("v4.channel.k8s.io");
  private static final long LEAVE_SECONDS = 10;
  private static final Duration HEARING_MAX = Duration.ofSeconds(2);
  private static final List<String> CHANNELS =
      List.of("stdin", "stdout", "stderr", "error", "resize");

  private final StreamedPod pod;
  private final String container;
  private final boolean attach;

  RemoteCommands(StreamedPod pod, String container, boolean attach) {
    this.pod = pod;
    this.container = container;
    this.attach = attach;
  }

  void serve(HttpExchange exchange) throws IOException, InterruptedException {
    HttpRequest request = exchange.request();
    boolean tty = request.flag("tty");
    Set<String> wanted = new TreeSet<>(List.of("error"));
    add(wanted, "stdin", request.flag("input"));
    add(wanted, "stdout", request.flag("output"));
    add(wanted, "stderr", request.flag("error") && !tty);
    if (wanted.size() == 1) {
      StreamRoutes.text(exchange, 400, "you must specify at least 1 of stdin, stdout, stderr");
      return;
    }
    add(wanted, "resize", tty);
    List<Map<String, String>> channels = new ArrayList<>();
    CHANNELS.forEach(name -> channels.add(Map.of("streamtype", name)));
    Optional<StreamConnection> upgraded = Upgrades.accept(exchange, PROTOCOLS, channels);
    if (upgraded.isPresent()) {
      try (StreamConnection connection = upgraded.get()) {
        session(connection, wanted, command(request), tty);
      }
    }
  }

  private void session(
      StreamConnection connection, Set<String> wanted, List<String> command, boolean tty)
      throws IOException, InterruptedException {
    Map<String, ByteStream> streams = accept(connection, wanted);
    ByteStream error = streams.get("error");
    if (error == null || !streams.keySet().containsAll(wanted)) {
      return; // The client went away before it had opened all it asked for.
    }
    // Clients drop what comes before they have set up their channels (client-go until 1.33).
    if (!attach) {
      connection.awaitClient(HEARING_MAX);
    }
    try {
      RunningCommand running = attach ? pod.attach(container) : pod.exec(container, command, tty);
      try (Registration _ = untilThePodEnds(running)) {
        connection.onEnd(attach ? running::close : () -> letEnd(running));
        if (attach) { // What the container prints from now on waits as well.
          connection.awaitClient(HEARING_MAX);
        }
        int code = new CommandPumps(running, streams).run();
        error.out().write(ExitStatus.of(code));
      } finally {
        running.close();
      }
    } catch (ContainerStartException | IOException e) {
      connection.awaitClient(HEARING_MAX);
      error.out().write(ExitStatus.failure(attach, String.valueOf(e.getMessage())));
    }
    error.out().close();
  }

  /**
   * A command dies with the pod. A container ends by itself then, and what it has printed is still
   * to be sent.
   */
  private Registration untilThePodEnds(RunningCommand running) {
    return attach ? () -> {} : pod.onEnd(running::close);
  }

  /** Its input has ended with the client. A command that goes on all the same is killed. */
  private static void letEnd(RunningCommand running) {
    CompletableFuture<Integer> end =
        running.exit().copy().orTimeout(LEAVE_SECONDS, TimeUnit.SECONDS);
    CompletableFuture<Integer> _ = end.whenComplete((_, _) -> running.close());
  }

  /** Takes streams until all that are wanted are there. */
  private static Map<String, ByteStream> accept(StreamConnection connection, Set<String> wanted)
      throws InterruptedException {
    Map<String, ByteStream> streams = new HashMap<>();
    while (!streams.keySet().containsAll(wanted)) {
      ByteStream next = connection.accept();
      if (next == null) {
        return streams;
      }
      String type = String.valueOf(next.header("streamtype"));
      if (wanted.contains(type)) {
        streams.putIfAbsent(type, next);
      }
    }
    return streams;
  }

  private static List<String> command(HttpRequest request) {
    return request.query().getOrDefault("command", List.of());
  }

  private static void add(Set<String> wanted, String name, boolean yes) {
    if (yes) {
      wanted.add(name);
    }
  }
}
