package dev.fairlead.http;

/** A request body passed the server's bound. */
public final class BodyTooLargeException extends BodyException {
  private static final long serialVersionUID = 1L;

  public BodyTooLargeException(long boundBytes) {
    super(413, "request body is larger than " + boundBytes + " bytes");
  }
}
