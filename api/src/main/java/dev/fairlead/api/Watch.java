package dev.fairlead.api;

import org.jspecify.annotations.Nullable;

/**
 * A running WATCH: events in the order in which they were stored, each once.
 *
 * <p>One thread reads; any thread may close.
 */
public interface Watch extends AutoCloseable {

  /**
   * Waits for the next event.
   *
   * @return null when the watch has ended, by timeout, by {@link #close} or by a lost connection;
   *     the reader then watches again from the last revision it saw
   * @throws ApiException when the server ended it with an error, for example 410 {@code Expired}
   * @throws InterruptedException when the reading thread is interrupted
   */
  @Nullable WatchEvent next() throws InterruptedException;

  /** Ends the watch; a reader blocked in {@link #next} returns null. */
  @Override
  void close();
}
