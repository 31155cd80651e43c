package dev.fairlead.kubelet.runtime;

import dev.fairlead.http.stream.StreamInput;
import dev.fairlead.linux.Pty;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams of a process, on pipes or on a terminal, and those who listen to them. */
final class ProcessConsole implements ContainerConsole {
  private static final Logger log = LoggerFactory.getLogger(ProcessConsole.class);

  private final OutputStream stdin;
  private final @Nullable Pty terminal;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean ended;

  private record Listener(StreamInput stdout, StreamInput stderr) {
    void end() {
      stdout.end();
      stderr.end();
    }
  }

  /**
   * Streams of a process.
   *
   * @param stdin a null stream when it takes no input
   * @param terminal null when it has none
   */
  ProcessConsole(OutputStream stdin, @Nullable Pty terminal) {
    this.stdin = stdin;
    this.terminal = terminal;
  }

  @Override
  public OutputStream stdin() {
    return stdin;
  }

  @Override
  public void resize(int columns, int rows) {
    if (terminal != null) {
      try {
        terminal.resize(columns, rows);
      } catch (IOException e) {
        log.debug("{}", e.getMessage());
      }
    }
  }

  @Override
  public Tap tap(StreamInput stdout, StreamInput stderr) {
    Listener listener = new Listener(stdout, stderr);
    listeners.add(listener);
    if (ended) {
      listener.end();
    }
    return () -> listeners.remove(listener);
  }

  /** The process prints no more. */
  void end() {
    ended = true;
    listeners.forEach(Listener::end);
    if (terminal != null) {
      terminal.close();
    }
  }

  /** The same stream; what is read from it goes to those who listen as well. */
  InputStream heard(InputStream in, boolean stderr) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] target, int from, int length) throws IOException {
        int count = super.read(target, from, length);
        if (count > 0 && !listeners.isEmpty()) {
          tell(Arrays.copyOfRange(target, from, from + count), stderr);
        }
        return count;
      }
    };
  }

  private void tell(byte[] bytes, boolean stderr) throws IOException {
    try {
      for (Listener each : listeners) {
        (stderr ? each.stderr() : each.stdout()).offer(bytes);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while handing over");
    }
  }
}
