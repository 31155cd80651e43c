package dev.fairlead.apiserver.tokens;

/** A token that names nobody, and why. */
public final class InvalidTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidTokenException(String message) {
    super(message, null, false, false);
  }

  /** The reason, in one sentence. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
