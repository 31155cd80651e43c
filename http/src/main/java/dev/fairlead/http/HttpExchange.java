package dev.fairlead.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * One request and its answer. Used by one thread. Exactly one of {@link #respond}, {@link #stream}
 * and {@link #upgrade} is called, once.
 */
public interface HttpExchange {

  HttpRequest request();

  /** Answers with a whole body. {@code Content-Length} is added. */
  void respond(int status, List<Header> headers, byte[] body) throws IOException;

  /**
   * Answers with a body of unknown length. Writes block while the peer is slow; a peer that has
   * gone makes them throw. {@code flush} sends what was written. Closing ends the body.
   */
  OutputStream stream(int status, List<Header> headers) throws IOException;

  /**
   * Answers 101 with these headers and hands the connection over as raw bytes. HTTP/1.1 only.
   *
   * @throws IOException when the connection is not HTTP/1.1
   */
  Duplex upgrade(List<Header> headers) throws IOException;

  /** Runs once when the peer goes away before the answer is complete; at once if it has. */
  void onClose(Runnable action);

  /** A header field. */
  record Header(String name, String value) {}

  /** A connection as raw bytes in both directions. */
  interface Duplex extends AutoCloseable {
    InputStream in();

    /** Writes block while the peer is slow; {@code close} half-closes. */
    OutputStream out();

    /**
     * Runs once when the connection is gone in both directions, whoever closed it; at once if it
     * is. While nobody reads, a peer that left is noticed only by writing to it.
     *
     * @param action must not block
     */
    void onClose(Runnable action);

    @Override
    void close();
  }
}
