package dev.fairlead.kubelet.streaming;

import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import dev.fairlead.http.HttpRequest;
import dev.fairlead.http.spdy.SpdyConnection;
import dev.fairlead.http.stream.StreamConnection;
import dev.fairlead.http.websocket.ChannelConnection;
import dev.fairlead.http.websocket.Handshake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Upgrades a request to streams over SPDY/3.1 or WebSocket, whichever the client asks for, and
 * refuses it in upstream's words (apimachinery {@code httpstream}).
 */
final class Upgrades {
  private static final String SPDY = "SPDY/3.1";
  private static final String VERSION = "X-Stream-Protocol-Version";
  private static final String ACCEPTED = "X-Accepted-Stream-Protocol-Versions";
  private static final String CHANNELS_V5 = "v5.channel.k8s.io";
  private static final List<String> CHANNELS = List.of(CHANNELS_V5, "v4.channel.k8s.io");

  private Upgrades() {}

  /**
   * Upgrades, or answers with a refusal.
   *
   * @param spdyProtocols those spoken over SPDY, the favourite first
   * @param channels what the channels of a WebSocket are, by number
   * @return empty when the request was refused
   */
  static Optional<StreamConnection> accept(
      HttpExchange exchange, List<String> spdyProtocols, List<Map<String, String>> channels)
      throws IOException {
    return Handshake.isAsked(exchange.request())
        ? webSocket(exchange, channels)
        : spdy(exchange, spdyProtocols);
  }

  private static Optional<StreamConnection> spdy(HttpExchange exchange, List<String> spoken)
      throws IOException {
    HttpRequest request = exchange.request();
    String upgrade = request.header("upgrade");
    List<String> offered = values(request, "x-stream-protocol-version");
    if (upgrade == null || !upgrade.equalsIgnoreCase(SPDY)) {
      return refuse(exchange, 400, "unable to upgrade: missing upgrade headers in request");
    }
    if (offered.isEmpty()) {
      return refuse(exchange, 400, "unable to upgrade: " + VERSION + " is required");
    }
    Optional<String> chosen = offered.stream().filter(spoken::contains).findFirst();
    if (chosen.isEmpty()) {
      return refuse(exchange, 403, disagreement(offered, spoken), accepted(spoken));
    }
    return Optional.of(
        SpdyConnection.start(
            exchange.upgrade(
                List.of(
                    new Header("Connection", "Upgrade"),
                    new Header("Upgrade", SPDY),
                    new Header(VERSION, chosen.get())))));
  }

  private static Optional<StreamConnection> webSocket(
      HttpExchange exchange, List<Map<String, String>> channels) throws IOException {
    HttpRequest request = exchange.request();
    Optional<String> problem = Handshake.problem(request);
    if (problem.isPresent()) {
      return refuse(exchange, 400, problem.get());
    }
    List<String> offered = Handshake.protocols(request);
    Optional<String> chosen = offered.stream().filter(CHANNELS::contains).findFirst();
    if (chosen.isEmpty()) {
      return refuse(exchange, 403, disagreement(offered, CHANNELS));
    }
    return Optional.of(
        ChannelConnection.start(
            Handshake.accept(exchange, chosen.get()), channels, chosen.get().equals(CHANNELS_V5)));
  }

  private static Header[] accepted(List<String> spoken) {
    return spoken.stream().map(each -> new Header(ACCEPTED, each)).toArray(Header[]::new);
  }

  private static String disagreement(List<String> offered, List<String> spoken) {
    return "unable to upgrade: unable to negotiate protocol: client supports %s, server accepts %s"
        .formatted(offered, spoken);
  }

  private static List<String> values(HttpRequest request, String header) {
    return request.headers().getOrDefault(header, List.of()).stream()
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  private static Optional<StreamConnection> refuse(
      HttpExchange exchange, int status, String why, Header... more) throws IOException {
    List<Header> headers = new ArrayList<>(List.of(more));
    headers.add(new Header("Content-Type", "text/plain; charset=utf-8"));
    exchange.respond(status, headers, (why + "\n").getBytes(StandardCharsets.UTF_8));
    return Optional.empty();
  }
}
