package dev.fairlead.apiserver.streams;

import dev.fairlead.api.ApiException;
import dev.fairlead.apiserver.logs.KubeletAddress;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Duplex;
import dev.fairlead.http.HttpExchange.Header;
import dev.fairlead.http.HttpRequest;
import dev.fairlead.http.websocket.Handshake;
import dev.fairlead.http.websocket.WebSocketDuplex;
import java.io.IOException;
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
    try (KubeletConnection connection = dial(kubelet, path, request.method(), headers)) {
      if (connection.status() != 101) {
        List<Header> type = connection.headers(List.of("Content-Type"));
        exchange.respond(connection.status(), type, connection.body());
        return;
      }
      Duplex client =
          tunnel.isPresent()
              ? new WebSocketDuplex(Handshake.accept(exchange, tunnel.get()))
              : exchange.upgrade(connection.headers(PASSED));
      new Pumps(client, connection).run();
    }
  }

  private KubeletConnection dial(
      KubeletAddress kubelet, String path, String method, List<Header> headers) {
    try {
      return KubeletConnection.open(tls, kubelet, method, path, headers);
    } catch (IOException e) {
      throw ApiException.internal(
          "error dialing backend: dial tcp %s: %s".formatted(kubelet.authority(), e.getMessage()));
    }
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
