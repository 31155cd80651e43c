package dev.fairlead.store;

/** A revision was asked for that the store has not reached. */
public final class FutureRevisionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FutureRevisionException(long asked, long current) {
    super("required revision %d is a future revision, current is %d".formatted(asked, current));
  }
}
