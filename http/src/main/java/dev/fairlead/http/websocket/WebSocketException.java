package dev.fairlead.http.websocket;

import java.io.IOException;

/** The peer does not speak WebSocket as it should; the connection is closed with this code. */
final class WebSocketException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;

  WebSocketException(int code, String what) {
    super("WebSocket: " + what);
    this.code = code;
  }

  /** The close code (RFC 6455, 7.4.1). */
  public int code() {
    return code;
  }
}
