package dev.fairlead.http;

import java.io.IOException;

/** A request body that cannot be read to its end, by the fault of the one who sends it. */
public class BodyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Why reading ends.
   *
   * @param status what to answer: 400, 408 or 413
   */
  public BodyException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** What to answer; so does the server when the handler passes the exception on. */
  public int status() {
    return status;
  }
}
