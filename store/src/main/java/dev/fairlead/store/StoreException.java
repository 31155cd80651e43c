package dev.fairlead.store;

import org.jspecify.annotations.Nullable;

/**
 * The engine cannot do what it was asked: the file is damaged, in use or not writable, the disk is
 * full, or the store is closed. The message names the file and the next step. A commit that ends in
 * this exception was not acknowledged.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
