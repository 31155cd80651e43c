package dev.fairlead.kuard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The HTTP server: routes, one virtual thread for each request. */
final class KuardServer implements AutoCloseable {
  private static final int BACKLOG = 1_024;
  private static final int STOP_SECONDS = 1;

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Log log;
  private final Probe healthy;
  private final Probe ready;
  private final Pages pages;
  private final List<String> commandLine;
  private final Map<String, String> environment;
  private final DnsLookup dns;

  /**
   * @param commandLine shown by {@code /env/api}
   * @param environment shown by {@code /env/api}
   * @throws IOException when the address is taken
   */
  KuardServer(
      KuardSettings settings,
      List<String> commandLine,
      Map<String, String> environment,
      DnsLookup dns,
      Log log,
      InstantSource clock)
      throws IOException {
    this.commandLine = commandLine;
    this.environment = environment;
    this.dns = dns;
    this.log = log;
    this.healthy = new Probe("/healthy", clock, ZoneId.systemDefault());
    this.ready = new Probe("/ready", clock, ZoneId.systemDefault());
    this.pages = new Pages(Identity.of(settings.version(), environment));
    this.server = HttpServer.create(settings.socketAddress(), BACKLOG);
    server.setExecutor(executor);
    server.createContext("/", this::handle);
  }

  void start() {
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Lets requests under way end, at most for a second. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    log.line(
        Pages.peer(exchange) + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI());
    try (exchange) {
      answer(exchange);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try {
      route(exchange);
    } catch (Http.Refusal e) {
      Http.text(exchange, e.code(), e.getMessage() + "\n");
    } catch (IllegalArgumentException e) {
      Http.text(exchange, 400, e.getMessage() + "\n");
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/healthy", "/ready" -> probe(exchange, path.equals("/ready") ? ready : healthy);
      case "/healthy/api", "/ready/api" ->
          probeApi(exchange, path.equals("/ready/api") ? ready : healthy);
      case "/env/api" -> env(exchange);
      case "/dns/api" -> dns(exchange);
      case "/static/kuard.css" -> file(exchange, "kuard.css", "text/css; charset=utf-8");
      case "/static/kuard.js" -> file(exchange, "kuard.js", "text/javascript; charset=utf-8");
      case "/", "/env", "/dns", "/-/request", "/-/env", "/-/dns", "/-/liveness", "/-/readiness" -> {
        only(exchange, "GET");
        pages.page(exchange);
      }
      default -> throw new Http.Refusal(404, "404 page not found");
    }
  }

  private static void file(HttpExchange exchange, String name, String type) throws IOException {
    only(exchange, "GET");
    Pages.file(exchange, name, type);
  }

  private static void probe(HttpExchange exchange, Probe probe) throws IOException {
    only(exchange, "GET");
    Probe.Answer answer = probe.ask();
    Http.text(exchange, answer.code(), answer.text());
  }

  private static void probeApi(HttpExchange exchange, Probe probe) throws IOException {
    only(exchange, "GET", "PUT");
    if (exchange.getRequestMethod().equals("PUT")) {
      Object count = Json.object(Http.body(exchange)).get("failNext");
      if (count instanceof Number number && number.doubleValue() == number.intValue()) {
        probe.failNext(number.intValue());
      } else {
        throw new Http.Refusal(400, "failNext must be a whole number; -1 fails for ever");
      }
    }
    Http.json(exchange, probe.status());
  }

  private void env(HttpExchange exchange) throws IOException {
    only(exchange, "GET");
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("commandLine", commandLine);
    answer.put("env", new TreeMap<>(environment));
    Http.json(exchange, answer);
  }

  private void dns(HttpExchange exchange) throws IOException {
    only(exchange, "POST");
    Map<?, ?> request = Json.object(Http.body(exchange));
    Object type = request.get("type");
    Object name = request.get("name");
    String result =
        dns.look(type == null ? "A" : type.toString(), name == null ? "" : name.toString());
    Http.json(exchange, Map.of("result", result));
  }

  private static void only(HttpExchange exchange, String... methods) {
    String method = exchange.getRequestMethod();
    List<String> allowed = List.of(methods);
    boolean head = method.equals("HEAD") && allowed.contains("GET");
    if (!head && !allowed.contains(method)) {
      exchange.getResponseHeaders().set("Allow", String.join(", ", allowed));
      throw new Http.Refusal(405, "Method Not Allowed");
    }
  }
}
