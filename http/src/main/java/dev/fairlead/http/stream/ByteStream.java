package dev.fairlead.http.stream;

import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** One of the streams of a {@link StreamConnection}: bytes in both directions. */
public interface ByteStream {

  /**
   * What the client said about the stream when it opened it, or null. {@code name} in lower case.
   */
  @Nullable String header(String name);

  /** What the client sends; ends when it half-closes, throws when it resets or goes away. */
  InputStream in();

  /** What the client gets. Every write is sent at once; {@code close} half-closes. */
  OutputStream out();

  /** Ends both directions at once, without a word about why. */
  void reset();
}
