package dev.fairlead.kubelet.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.codec.Json;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import dev.fairlead.http.HttpRequest;
import dev.fairlead.http.HttpServer;
import dev.fairlead.http.HttpServerSettings;
import dev.fairlead.http.Tls;
import dev.fairlead.kubelet.KubeletSettings;
import dev.fairlead.kubelet.log.ContainerLog;
import dev.fairlead.kubelet.log.LogOptions;
import dev.fairlead.kubelet.log.LogReader;
import dev.fairlead.kubelet.network.NodeNetwork;
import dev.fairlead.kubelet.pod.PodManager;
import dev.fairlead.kubelet.pod.PodWorker;
import dev.fairlead.kubelet.stats.StatsPages;
import dev.fairlead.kubelet.streaming.StreamRoutes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The kubelet's HTTPS API: {@code /containerLogs/{namespace}/{pod}/{container}}, {@code /pods} and
 * {@code /healthz}, for those who present a certificate of our authority (upstream: {@code
 * pkg/kubelet/server}).
 */
public final class KubeletServer implements AutoCloseable {
  private final KubeletSettings settings;
  private final PodManager pods;
  private final StatsPages stats;
  private final Clock clock;
  private final StreamRoutes streams;
  private final HttpServer server;

  /**
   * A server that does not listen yet.
   *
   * @param settings must hold {@link KubeletSettings#tls}
   */
  public KubeletServer(KubeletSettings settings, PodManager pods, StatsPages stats, Clock clock) {
    this.settings = settings;
    this.pods = pods;
    this.stats = stats;
    this.clock = clock;
    this.streams = new StreamRoutes(pods::streamed);
    Tls tls = settings.tls();
    if (tls == null || tls.clientAuthorities().isEmpty()) {
      throw new IllegalArgumentException("the kubelet's API needs TLS with a client authority");
    }
    String name = "kubelet-" + settings.nodeName();
    this.server = new HttpServer(name, HttpServerSettings.DEFAULT, tls, this::handle);
  }

  /** Listens on the node's address, inside its namespace. */
  public void start(NodeNetwork network) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.ofLiteral(settings.nodeAddress()), settings.port());
    InetSocketAddress _ = network.call(() -> server.listen(address));
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(HttpExchange exchange) throws IOException, InterruptedException {
    HttpRequest request = exchange.request();
    switch (Callers.check(request.client())) {
      case UNKNOWN -> text(exchange, 401, "Unauthorized");
      case FORBIDDEN -> text(exchange, 403, "Forbidden");
      case ALLOWED -> route(exchange, request);
    }
  }

  private void route(HttpExchange exchange, HttpRequest request)
      throws IOException, InterruptedException {
    List<String> path = List.of(request.path().substring(1).split("/", -1));
    boolean read = request.method().equals("GET") || request.method().equals("HEAD");
    switch (path.getFirst()) {
      case "healthz" -> text(exchange, 200, "ok");
      case "pods" -> pods(exchange);
      case "stats", "metrics" -> stats(exchange, String.join("/", path));
      case "containerLogs" -> {
        if (path.size() == 4 && read) {
          logs(exchange, new ObjectKey(path.get(1), path.get(2)), path.get(3));
        } else {
          text(exchange, 404, "expected GET /containerLogs/{namespace}/{pod}/{container}");
        }
      }
      case "exec", "attach", "portForward" -> streams.serve(exchange, path);
      case "run" ->
          text(exchange, 501, "/" + path.getFirst() + " is not supported by this kubelet");
      default -> text(exchange, 404, "404 page not found");
    }
  }

  private void stats(HttpExchange exchange, String path) throws IOException {
    switch (path) {
      case "stats/summary" ->
          exchange.respond(
              200, List.of(new Header("Content-Type", "application/json")), stats.summary());
      case "metrics/resource" -> prometheus(exchange, stats.resource());
      case "metrics" -> prometheus(exchange, stats.metrics());
      default -> text(exchange, 404, "404 page not found");
    }
  }

  private static void prometheus(HttpExchange exchange, String text) throws IOException {
    exchange.respond(
        200,
        List.of(new Header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")),
        text.getBytes(StandardCharsets.UTF_8));
  }

  private void pods(HttpExchange exchange) throws IOException {
    ObjectNode list = Json.object();
    list.put("kind", "PodList").put("apiVersion", "v1").putObject("metadata");
    pods.pods().forEach(each -> list.withArray("items").add(each.tree()));
    exchange.respond(
        200, List.of(new Header("Content-Type", "application/json")), Json.bytes(list));
  }

  private void logs(HttpExchange exchange, ObjectKey key, String container)
      throws IOException, InterruptedException {
    Document pod = pods.pod(key);
    PodWorker worker = pod == null ? null : pods.worker(pod);
    if (pod == null || worker == null) {
      text(exchange, 404, "pod \"%s\" not found".formatted(key.name()));
      return;
    }
    LogOptions options;
    try {
      options = LogQuery.read(exchange.request(), clock.instant());
    } catch (IllegalArgumentException e) {
      text(exchange, 400, String.valueOf(e.getMessage()));
      return;
    }
    boolean previous = exchange.request().flag("previous");
    ContainerLog log = worker.containerLog(container, previous);
    if (log == null) {
      text(exchange, 400, MissingLog.why(pod, container, previous));
      return;
    }
    stream(exchange, log, options);
  }

  private static void stream(HttpExchange exchange, ContainerLog log, LogOptions options)
      throws IOException, InterruptedException {
    AtomicBoolean gone = new AtomicBoolean();
    exchange.onClose(() -> {
      gone.set(true);
      LogReader.wake(log);
    });
    try (OutputStream out =
        exchange.stream(200, List.of(new Header("Content-Type", "text/plain")))) {
      new LogReader(log, options, out, gone::get).run();
    }
  }

  private static void text(HttpExchange exchange, int status, String text) throws IOException {
    exchange.respond(
        status,
        List.of(new Header("Content-Type", "text/plain; charset=utf-8")),
        (text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
