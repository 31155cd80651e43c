package dev.fairlead.kuard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Reads bodies and writes answers. */
final class Http {
  private static final int BODY_BYTES_MAX = 65_536;

  private Http() {}

  /** What the client asked for cannot be done; the message is for the client. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    Refusal(int code, String message) {
      super(message);
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /** The body as text, at most 64 KiB. */
  static String body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    if (body.length > BODY_BYTES_MAX) {
      throw new Refusal(413, "the body is larger than 64 KiB");
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  static void json(HttpExchange exchange, Object value) throws IOException {
    send(exchange, 200, "application/json", Json.text(value).getBytes(StandardCharsets.UTF_8));
  }

  static void text(HttpExchange exchange, int code, String text) throws IOException {
    send(exchange, code, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  static void send(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(code, -1);
      return;
    }
    exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
