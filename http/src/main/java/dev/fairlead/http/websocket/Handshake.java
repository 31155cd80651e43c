package dev.fairlead.http.websocket;

import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import dev.fairlead.http.HttpRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The opening handshake (RFC 6455, section 4). */
public final class Handshake {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private Handshake() {}

  /** Whether a request asks for a WebSocket. */
  public static boolean isAsked(HttpRequest request) {
    return request.method().equals("GET")
        && tokens(request, "connection").stream().anyMatch("upgrade"::equalsIgnoreCase)
        && tokens(request, "upgrade").stream().anyMatch("websocket"::equalsIgnoreCase);
  }

  /** The subprotocols that the client offers, its favourite first. */
  public static List<String> protocols(HttpRequest request) {
    return tokens(request, "sec-websocket-protocol");
  }

  /** Why the handshake must be refused with 400; empty when it can be accepted. */
  public static Optional<String> problem(HttpRequest request) {
    if (!"13".equals(request.header("sec-websocket-version"))) {
      return Optional.of("only version 13 of the WebSocket protocol is spoken");
    }
    String key = request.header("sec-websocket-key");
    try {
      if (key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES) {
        return Optional.empty();
      }
    } catch (IllegalArgumentException e) {
      return Optional.of("Sec-WebSocket-Key is not base64");
    }
    return Optional.of("Sec-WebSocket-Key does not have 16 bytes");
  }

  /**
   * Accepts the handshake; {@link #isAsked} and {@link #problem} have been asked before.
   *
   * @param protocol the subprotocol chosen; null for none
   */
  public static WebSocket accept(HttpExchange exchange, @Nullable String protocol)
      throws IOException {
    String key = String.valueOf(exchange.request().header("sec-websocket-key")).strip();
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Upgrade", "websocket"));
    headers.add(new Header("Connection", "Upgrade"));
    headers.add(new Header("Sec-WebSocket-Accept", answer(key)));
    if (protocol != null) {
      headers.add(new Header("Sec-WebSocket-Protocol", protocol));
    }
    return new WebSocket(exchange.upgrade(headers));
  }

  static String answer(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  private static List<String> tokens(HttpRequest request, String header) {
    return request.headers().getOrDefault(header, List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .filter(token -> !token.isEmpty())
        .toList();
  }
}
