package dev.fairlead.http;

import java.io.IOException;

/** A request body passed the server's bound. */
public final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  public BodyTooLargeException(long boundBytes) {
    super("request body is larger than " + boundBytes + " bytes");
  }
}
