package dev.fairlead.http.spdy;

import java.io.IOException;

/** The peer does not speak SPDY/3.1 as it should; the connection cannot go on. */
final class SpdyException extends IOException {
  private static final long serialVersionUID = 1L;

  SpdyException(String what) {
    super("SPDY: " + what);
  }
}
