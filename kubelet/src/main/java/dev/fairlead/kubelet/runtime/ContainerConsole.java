package dev.fairlead.kubelet.runtime;

import dev.fairlead.http.stream.StreamInput;
import java.io.OutputStream;

/** The streams of a running container, for those who attach to it. */
public interface ContainerConsole {
  /** One that prints nothing and takes nothing. */
  ContainerConsole NONE =
      new ContainerConsole() {
        @Override
        public OutputStream stdin() {
          return OutputStream.nullOutputStream();
        }

        @Override
        public void resize(int columns, int rows) {}

        @Override
        public Tap tap(StreamInput stdout, StreamInput stderr) {
          stdout.end();
          stderr.end();
          return () -> {};
        }
      };

  /**
   * Its input, shared by all who attach: closing ends it for good. One that goes nowhere when the
   * container has none. Writes block platform threads.
   */
  OutputStream stdin();

  /** Tells its terminal a new size; does nothing when it has none. */
  void resize(int columns, int rows);

  /**
   * Copies what the container prints from now on, and ends both streams when it prints no more. A
   * reader who is behind holds the container up, as container runtimes do.
   */
  Tap tap(StreamInput stdout, StreamInput stderr);

  /** Stops copying. */
  interface Tap extends AutoCloseable {
    @Override
    void close();
  }
}
