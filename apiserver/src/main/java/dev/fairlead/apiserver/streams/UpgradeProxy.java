package dev.fairlead.apiserver.streams;

import dev.fairlead.api.ApiException;
import dev.fairlead.apiserver.backend.Backend;
import dev.fairlead.apiserver.backend.BackendConnection;
import dev.fairlead.apiserver.backend.RequestHead;
import dev.fairlead.apiserver.backend.ResponseHead;
import dev.fairlead.apiserver.logs.KubeletAddress;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Duplex;
import dev.fairlead.http.HttpExchange.Header;
import dev.fairlead.http.HttpRequest;
import dev.fairlead.http.websocket.Handshake;
import dev.fairlead.http.websocket.WebSocketDuplex;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Passes an upgrade request on to a kubelet and, once it has agreed, bytes in both directions. What
 * the bytes mean is between the client and the kubelet, with one exception: SPDY inside of
 * WebSocket messages ({@code SPDY/3.1+portforward.k8s.io}) is unwrapped here, so that kubelets see
 * plain SPDY (upstream: {@code portforward.NewTunnelingHandler}).
 */
final class UpgradeProxy {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
  private static final int REFUSAL_BYTES_MAX = 64 * 1024;
  private static final String TUNNEL = "SPDY/3.1+";
  private static final List<String> PASSED =
      List.of(
          "Upgrade",
          "X-Stream-Protocol-Version",
          "Sec-WebSocket-Key",
          "Sec-WebSocket-Version",
          "Sec-WebSocket-Protocol",
          "Sec-WebSocket-Accept");

  private final SSLContext tls;

  UpgradeProxy(SSLContext tls) {
    this.tls = tls;
  }

  /**
   * Answers with whatever the kubelet answers; returns when both directions have ended.
   *
   * @param path with its query
   */
  void pass(HttpExchange exchange, KubeletAddress kubelet, String path)
      throws IOException, InterruptedException {
    HttpRequest request = exchange.request();
    if (request.header("upgrade") == null) {
      throw ApiException.badRequest("Upgrade request required");
    }
    Optional<String> tunnel =
        Handshake.isAsked(request)
            ? Handshake.protocols(request).stream().filter(p -> p.startsWith(TUNNEL)).findFirst()
            : Optional.empty();
    if (tunnel.isPresent() && Handshake.problem(request).isPresent()) {
      throw ApiException.badRequest(Handshake.problem(request).get());
    }
    List<Header> headers =
        tunnel
            .map(each ->
                List.of(
                    new Header("Upgrade", "SPDY/3.1"),
                    new Header("X-Stream-Protocol-Version", each.substring(TUNNEL.length()))))
            .orElseGet(() -> passed(request));
    Backend backend = Backend.https(kubelet.host(), kubelet.port(), tls);
    try (BackendConnection connection = dial(backend)) {
      ResponseHead answer = ask(connection, backend, request.method(), path, headers);
      if (answer.status() != 101) {
        refuse(exchange, connection, answer);
        return;
      }
      connection.upgraded();
      Duplex client =
          tunnel.isPresent()
              ? new WebSocketDuplex(Handshake.accept(exchange, tunnel.get()))
              : exchange.upgrade(only(answer.headers()));
      new Pumps(client, connection).run();
    }
  }

  private static void refuse(
      HttpExchange exchange, BackendConnection connection, ResponseHead answer) throws IOException {
    List<Header> type =
        answer.values("Content-Type").stream()
            .map(value -> new Header("Content-Type", value))
            .toList();
    byte[] body =
        connection.body(exchange.request().method(), answer).readNBytes(REFUSAL_BYTES_MAX);
    exchange.respond(answer.status(), type, body);
  }

  private static BackendConnection dial(Backend backend) {
    try {
      return BackendConnection.open(backend, CONNECT_MAX);
    } catch (IOException e) {
      throw ApiException.internal("error dialing backend: " + e.getMessage());
    }
  }

  private static ResponseHead ask(
      BackendConnection connection,
      Backend backend,
      String method,
      String path,
      List<Header> passed) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Host", backend.authority()));
    headers.add(new Header("Connection", "Upgrade"));
    headers.addAll(passed);
    if (method.equals("POST")) {
      headers.add(new Header("Content-Length", "0"));
    }
    try {
      connection.send(new RequestHead(method, path, headers));
      return connection.answer(ANSWER_MAX);
    } catch (IOException e) {
      throw ApiException.internal(
          "error dialing backend: dial tcp %s: %s".formatted(backend.authority(), e.getMessage()));
    }
  }

  private static List<Header> only(List<Header> headers) {
    return headers.stream()
        .filter(header -> PASSED.stream().anyMatch(header.name()::equalsIgnoreCase))
        .toList();
  }

  private static List<Header> passed(HttpRequest request) {
    List<Header> headers = new ArrayList<>();
    for (String name : PASSED) {
      List<String> values =
          request.headers().getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of());
      values.forEach(value -> headers.add(new Header(name, value)));
    }
    return headers;
  }
}
