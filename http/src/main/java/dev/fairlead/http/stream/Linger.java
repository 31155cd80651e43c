package dev.fairlead.http.stream;

import dev.fairlead.http.HttpExchange.Duplex;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes a connection so that the peer still gets all that was written. */
public final class Linger {
  private static final long SECONDS_MAX = 5;

  private Linger() {}

  /**
   * Shuts our side, waits a little for the peer to shut its own, then closes.
   *
   * @param peerEnded opened by the thread that reads the connection when it has read its end
   */
  public static void close(Duplex duplex, CountDownLatch peerEnded) {
    try {
      duplex.out().close();
      boolean _ = peerEnded.await(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (IOException e) {
      // The peer has gone: nothing is left to be said.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      duplex.close();
    }
  }
}
