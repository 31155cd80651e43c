package dev.fairlead.kubelet.streaming;

import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpRequest;
import dev.fairlead.http.stream.ByteStream;
import dev.fairlead.http.stream.StreamConnection;
import dev.fairlead.http.websocket.Handshake;
import dev.fairlead.kubelet.streaming.StreamedPods.Registration;
import dev.fairlead.kubelet.streaming.StreamedPods.StreamedPod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Phaser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one port-forward session: every connection of the client's is a pair of streams, {@code
 * data} and {@code error}, joined by a request ID (upstream: kubelet {@code cri/streaming}).
 */
final class PortForwards {
  private static final Logger log = LoggerFactory.getLogger(PortForwards.class);
  private static final List<String> PROTOCOLS = List.of("portforward.k8s.io");

  /** SPDY's streams end one by one, and the client ends them. */
  private static final Duration LINGER = Duration.ofDays(1);

  /** Channels do not, so the connection has to (upstream: containerd's half a second). */
  private static final Duration LINGER_CHANNELS = Duration.ofMillis(500);

  private static final int PORTS_MAX = 128;
  private static final int HALVES_MAX = 256;

  private final String podName;
  private final StreamedPod pod;

  PortForwards(String podName, StreamedPod pod) {
    this.podName = podName;
    this.pod = pod;
  }

  void serve(HttpExchange exchange) throws IOException, InterruptedException {
    HttpRequest request = exchange.request();
    boolean webSocket = Handshake.isAsked(request);
    List<String> ports = request.query().getOrDefault("port", List.of());
    if (webSocket
        && (ports.isEmpty() || ports.size() > PORTS_MAX || !ports.stream().allMatch(this::valid))) {
      StreamRoutes.text(exchange, 400, "query parameter \"port\" is required, from 1 to 65535");
      return;
    }
    Optional<StreamConnection> upgraded = Upgrades.accept(exchange, PROTOCOLS, channels(ports));
    if (upgraded.isEmpty()) {
      return;
    }
    StreamConnection connection = upgraded.get();
    try (Registration _ = pod.onEnd(() -> Thread.ofVirtual().start(connection::close))) {
      if (webSocket) {
        sessionOfChannels(connection, ports.size());
      } else {
        session(connection);
      }
    } finally {
      connection.close();
    }
  }

  private static List<Map<String, String>> channels(List<String> ports) {
    List<Map<String, String>> channels = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      for (String type : List.of("data", "error")) {
        channels.add(
            Map.of("streamtype", type, "port", ports.get(i), "requestid", Integer.toString(i)));
      }
    }
    return channels;
  }

  private void session(StreamConnection connection) throws InterruptedException {
    Map<String, ByteStream> halves = new HashMap<>();
    for (ByteStream next = connection.accept(); next != null; next = connection.accept()) {
      String problem = problem(next);
      if (problem != null || halves.size() >= HALVES_MAX) {
        log.debug("{}: stream refused: {}", podName, problem);
        next.reset();
        continue;
      }
      String id = String.valueOf(next.header("requestid"));
      ByteStream other = halves.remove(id);
      if (other == null) {
        halves.put(id, next);
      } else if (isData(other) == isData(next)) {
        other.reset();
        next.reset();
      } else {
        ByteStream data = isData(next) ? next : other;
        ByteStream error = isData(next) ? other : next;
        Thread.ofVirtual()
            .name("port-forward " + podName)
            .start(() -> forward(data, error, LINGER));
      }
    }
  }

  /** Each port has one connection, made at once; the session ends when all have. */
  private void sessionOfChannels(StreamConnection connection, int ports)
      throws InterruptedException {
    Phaser open = new Phaser(1);
    connection.onEnd(open::forceTermination);
    for (int i = 0; i < ports; i++) {
      ByteStream data = connection.accept();
      ByteStream error = connection.accept();
      if (data == null || error == null) {
        return;
      }
      open.register();
      Thread.ofVirtual()
          .name("port-forward " + podName)
          .start(() -> {
            announce(data);
            announce(error);
            forward(data, error, LINGER_CHANNELS);
            open.arriveAndDeregister();
          });
    }
    open.awaitAdvanceInterruptibly(open.arrive());
  }

  /** A channel begins with its port, two bytes, the low one first. */
  private static void announce(ByteStream stream) {
    int port = Integer.parseInt(String.valueOf(stream.header("port")));
    try {
      stream.out().write(new byte[] {(byte) port, (byte) (port >> 8)});
    } catch (IOException e) {
      stream.reset();
    }
  }

  private void forward(ByteStream data, ByteStream error, Duration linger) {
    int port = Integer.parseInt(String.valueOf(data.header("port")));
    try {
      try {
        PortConnection.run(pod.connect(port), data, linger);
      } catch (IOException e) {
        String why =
            "error forwarding port %d to pod %s, uid %s: %s"
                .formatted(port, podName, pod.uid(), e.getMessage());
        log.debug("{}", why);
        error.out().write(why.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        data.in().close();
        data.out().close();
      }
      error.out().close();
    } catch (IOException e) {
      log.debug("{}: the client of port {} has gone: {}", podName, port, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable String problem(ByteStream stream) {
    String type = stream.header("streamtype");
    if (type == null || !(type.equals("data") || type.equals("error"))) {
      return "invalid stream type \"%s\"".formatted(type);
    }
    if (!valid(String.valueOf(stream.header("port")))) {
      return "unable to parse \"%s\" as a port".formatted(stream.header("port"));
    }
    return stream.header("requestid") == null ? "\"requestID\" header is required" : null;
  }

  private boolean valid(String port) {
    return port.matches("[0-9]{1,5}")
        && Integer.parseInt(port) > 0
        && Integer.parseInt(port) <= 65_535;
  }

  private static boolean isData(ByteStream stream) {
    return "data".equals(stream.header("streamtype"));
  }
}
