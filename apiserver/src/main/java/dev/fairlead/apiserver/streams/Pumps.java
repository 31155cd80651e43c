package dev.fairlead.apiserver.streams;

import dev.fairlead.apiserver.backend.BackendConnection;
import dev.fairlead.http.HttpExchange.Duplex;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies bytes between two connections until one side has ended; the other then has a moment to
 * take leave.
 */
public final class Pumps {
  private static final Logger log = LoggerFactory.getLogger(Pumps.class);
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final Duration LEAVE = Duration.ofSeconds(5);

  private final Duplex client;
  private final BackendConnection backend;
  private final CountDownLatch firstEnd = new CountDownLatch(1);

  /** Two connections after an upgrade. */
  public Pumps(Duplex client, BackendConnection backend) {
    this.client = client;
    this.backend = backend;
  }

  /** Copies until both have ended; closes both. */
  public void run() throws InterruptedException {
    Thread up = pump("to-backend", client.in(), backend.out(), backend::shutdownOutput);
    Thread down = pump("to-client", backend.in(), client.out(), client.out()::close);
    client.onClose(firstEnd::countDown);
    try {
      firstEnd.await();
      // Whoever ended first, the other direction follows soon or is cut.
      if (!up.join(LEAVE) || !down.join(LEAVE)) {
        backend.cut();
      }
    } finally {
      client.close();
      backend.close();
    }
  }

  /** Says to one side that the other has ended. */
  @FunctionalInterface
  private interface End {
    void tell() throws IOException;
  }

  private Thread pump(String name, InputStream in, OutputStream out, End end) {
    return Thread.ofVirtual()
        .name("stream-" + name)
        .start(() -> {
          try {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
              out.write(buffer, 0, count);
              out.flush();
            }
          } catch (IOException e) {
            log.debug("{}: {}", name, e.getMessage());
          }
          try {
            end.tell();
          } catch (IOException e) {
            log.debug("{}: {}", name, e.getMessage());
          } finally {
            firstEnd.countDown();
          }
        });
  }
}
