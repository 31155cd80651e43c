package dev.fairlead.apiserver.front;

import dev.fairlead.api.ApiException;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpRequest;
import dev.fairlead.http.websocket.Handshake;
import dev.fairlead.http.websocket.WebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch over a WebSocket, as browsers and some client libraries ask for it: each event is a
 * message, text where it is JSON. What the client sends is read for its pings and its goodbye only.
 */
final class WatchSocket extends OutputStream {
  private static final Logger log = LoggerFactory.getLogger(WatchSocket.class);

  /** In a message, unlike in a stream, an event in protobuf has no length before it. */
  private static final int LENGTH_BYTES = 4;

  private final WebSocket socket;
  private final boolean text;
  private final ByteArrayOutputStream event = new ByteArrayOutputStream();

  private WatchSocket(WebSocket socket, boolean text) {
    this.socket = socket;
    this.text = text;
  }

  static boolean isAsked(HttpRequest request) {
    return Handshake.isAsked(request);
  }

  /**
   * Accepts the handshake.
   *
   * @param text whether events are JSON
   * @param gone runs when the client has said goodbye or is gone
   * @throws ApiException 400 when the handshake is broken
   */
  static WatchSocket accept(HttpExchange exchange, boolean text, Runnable gone) throws IOException {
    HttpRequest request = exchange.request();
    Handshake.problem(request)
        .ifPresent(problem -> {
          throw ApiException.badRequest(problem);
        });
    List<String> offered = Handshake.protocols(request);
    WebSocket socket = Handshake.accept(exchange, offered.size() == 1 ? offered.getFirst() : null);
    Thread.ofVirtual().name("watch-socket").start(() -> listen(socket, gone));
    return new WatchSocket(socket, text);
  }

  private static void listen(WebSocket socket, Runnable gone) {
    try {
      while (socket.read() != null) {
        // Nothing that a client could say here means anything.
      }
    } catch (IOException e) {
      log.debug("the client of a watch is gone: {}", e.getMessage());
    } finally {
      gone.run();
    }
  }

  @Override
  public void write(int octet) {
    event.write(octet);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    event.write(bytes, from, length);
  }

  /** Sends what was written since the last time as one message. */
  @Override
  public void flush() throws IOException {
    if (event.size() == 0) {
      return;
    }
    byte[] bytes = event.toByteArray();
    event.reset();
    if (text) {
      socket.sendText(bytes);
    } else {
      socket.send(bytes, LENGTH_BYTES, bytes.length - LENGTH_BYTES);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
