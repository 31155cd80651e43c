package dev.fairlead.host;

/**
 * Something the user can understand and mend: the message is the one line to print, with the next
 * step in it.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int exitCode;

  /** A failure that ends the command with exit code 1. */
  public Failure(String message) {
    this(1, message);
  }

  /** A failure that ends the command with {@code exitCode}. */
  public Failure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }

  /** The line to print. */
  public String line() {
    return String.valueOf(getMessage());
  }
}
