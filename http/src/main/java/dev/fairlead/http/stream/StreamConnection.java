package dev.fairlead.http.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An upgraded connection on which the client opens streams. */
public interface StreamConnection extends AutoCloseable {

  /**
   * Waits for the next stream.
   *
   * @return null when the connection has ended
   */
  @Nullable ByteStream accept() throws InterruptedException;

  /**
   * Waits until the client can take what is sent to it, at most for {@code patience}. Does nothing
   * where the client opens its streams itself; with channels, that are there from the start, the
   * client may need a moment more than the server.
   */
  default void awaitClient(Duration patience) throws InterruptedException {}

  /** Runs once when the connection has ended, whoever ended it; at once if it has. */
  void onEnd(Runnable action);

  /** Sends what was written, tells the peer that this is the end, and closes; may be repeated. */
  @Override
  void close();
}
