package dev.fairlead.kubelet.pod;

import dev.fairlead.api.view.Container.TerminationMessage;
import dev.fairlead.kubelet.log.ContainerLog;
import dev.fairlead.kubelet.log.LogOptions;
import dev.fairlead.kubelet.log.LogReader;
import dev.fairlead.kubelet.root.ContainerMount;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one run of a container leaves as its termination message (API: {@code
 * terminationMessagePath}, {@code terminationMessagePolicy}). The container writes into a file that
 * is mounted at the path; it may remove neither the file nor the mount.
 *
 * @param file where the message lies, outside
 */
record LastWords(Path file, TerminationMessage wanted) {
  private static final Logger log = LoggerFactory.getLogger(LastWords.class);
  private static final int FILE_BYTES_MAX = 4096;
  private static final long LINES_MAX = 80;
  private static final int LOG_BYTES_MAX = 2048;

  /** Makes the empty file; what the run before said is gone. */
  ContainerMount mount() throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[0]);
    return ContainerMount.of(file.toAbsolutePath(), Path.of("/").resolve(wanted.path()));
  }

  /**
   * The message of a run that has ended: the last 4096 bytes of the file; when there are none, the
   * run has failed and the policy says so, the end of the log, of at most 80 lines the last 2048
   * bytes.
   */
  String read(int exitCode, ContainerLog output) {
    String said = ofFile();
    return said.isEmpty() && exitCode != 0 && wanted.orLog() ? ofLog(output) : said;
  }

  private String ofFile() {
    Tail tail = new Tail(FILE_BYTES_MAX);
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      in.position(Math.max(0, in.size() - FILE_BYTES_MAX));
      long _ = Channels.newInputStream(in).transferTo(tail);
    } catch (NoSuchFileException e) {
      return ""; // Nothing ran that could have written it.
    } catch (IOException e) {
      return "Error on reading termination log %s: %s".formatted(file, e.getMessage());
    }
    return tail.text();
  }

  static String ofLog(ContainerLog from) {
    Tail tail = new Tail(LOG_BYTES_MAX);
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
    private final byte[] kept;
    private int length;

    Tail(int bytesMax) {
      kept = new byte[bytesMax];
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      int more = Math.min(count, kept.length);
      int stay = Math.min(length, kept.length - more);
      System.arraycopy(kept, length - stay, kept, 0, stay);
      System.arraycopy(bytes, from + count - more, kept, stay, more);
      length = stay + more;
    }

    String text() {
      return new String(Arrays.copyOf(kept, length), StandardCharsets.UTF_8);
    }
  }
}
