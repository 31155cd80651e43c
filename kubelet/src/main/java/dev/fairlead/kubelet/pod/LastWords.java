package dev.fairlead.kubelet.pod;

import dev.fairlead.kubelet.log.ContainerLog;
import dev.fairlead.kubelet.log.LogOptions;
import dev.fairlead.kubelet.log.LogReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a container leaves as its termination message (API: {@code terminationMessagePolicy}). */
final class LastWords {
  private static final Logger log = LoggerFactory.getLogger(LastWords.class);
  private static final long LINES_MAX = 80;
  private static final int BYTES_MAX = 2048;

  private LastWords() {}

  /** The end of its log: at most 80 lines, and of those the last 2048 bytes. */
  static String ofLog(ContainerLog from) {
    Tail tail = new Tail();
    try {
      new LogReader(from, new LogOptions(false, false, LINES_MAX, null, null), tail, () -> false)
          .run();
    } catch (IOException e) {
      log.warn("the end of a log cannot be read: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return tail.text();
  }

  /** Keeps the last bytes that are written to it. */
  private static final class Tail extends OutputStream {
    private final byte[] kept = new byte[BYTES_MAX];
    private int length;

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      int more = Math.min(count, BYTES_MAX);
      int stay = Math.min(length, BYTES_MAX - more);
      System.arraycopy(kept, length - stay, kept, 0, stay);
      System.arraycopy(bytes, from + count - more, kept, stay, more);
      length = stay + more;
    }

    String text() {
      return new String(Arrays.copyOf(kept, length), StandardCharsets.UTF_8);
    }
  }
}
