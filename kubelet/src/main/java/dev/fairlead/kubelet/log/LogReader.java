package dev.fairlead.kubelet.log;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one log from its oldest generation on and writes what the options ask for. Used by one
 * thread.
 */
public final class LogReader {
  private static final int RECORD_BYTES_MAX = 32 * 1024;

  private final ContainerLog log;
  private final LogOptions options;
  private final OutputStream out;
  private final BooleanSupplier gone;
  private long skip;
  private long budget;
  private boolean midLine;

  /**
   * A reader.
   *
   * @param gone whether the one who reads has gone away; see {@link #wake}
   */
  public LogReader(ContainerLog log, LogOptions options, OutputStream out, BooleanSupplier gone) {
    this.log = log;
    this.options = options;
    this.out = out;
    this.gone = gone;
    Long limit = options.limitBytes();
    this.budget = limit == null ? Long.MAX_VALUE : limit;
  }

  /** Makes a reader of this log that waits look whether its peer has gone. */
  public static void wake(ContainerLog log) {
    log.wake();
  }

  /** Writes all that is asked for; with {@code follow} returns when the container has ended. */
  public void run() throws IOException, InterruptedException {
    Long tail = options.tailLines();
    if (tail != null) {
      skip = Math.max(0, count() - tail);
    }
    long generation = log.oldest();
    boolean more = true;
    while (more && budget > 0) {
      more = read(generation);
      generation++;
    }
    out.flush();
  }

  private long count() throws IOException {
    long lines = 0;
    long newest = log.newest();
    for (long generation = log.oldest(); generation <= newest; generation++) {
      try (FileChannel channel = log.read(generation)) {
        if (channel != null) {
          lines += count(channel);
        }
      }
    }
    return lines;
  }

  private static long count(FileChannel channel) throws IOException {
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 64 * 1024);
    long lines = 0;
    int each;
    while ((each = in.read()) >= 0) {
      lines += each == '\n' ? 1 : 0;
    }
    return lines;
  }

  /** Reads one generation to its end; returns whether there is a next one. */
  private boolean read(long generation) throws IOException, InterruptedException {
    try (FileChannel channel = log.read(generation)) {
      if (channel == null) {
        return generation < log.newest();
      }
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 64 * 1024);
      ByteArrayOutputStream record = new ByteArrayOutputStream(256);
      long position = 0;
      while (budget > 0 && !gone.getAsBoolean()) {
        int each = in.read();
        if (each < 0) {
          if (generation < log.newest() && channel.position() >= channel.size()) {
            return true;
          }
          out.flush();
          if (!options.follow() || !log.awaitMore(generation, position, gone)) {
            return false;
          }
          continue;
        }
        position++;
        if (each == '\n') {
          emit(record.toByteArray());
          record.reset();
        } else if (record.size() < RECORD_BYTES_MAX) {
          record.write(each);
        }
      }
      return false;
    }
  }

  private void emit(byte[] record) throws IOException {
    if (skip > 0) {
      skip--;
      return;
    }
    int stream = indexOf(record, 0);
    int tag = stream < 0 ? -1 : indexOf(record, stream + 1);
    int text = tag < 0 ? -1 : indexOf(record, tag + 1);
    if (text < 0 || !wanted(record, stream)) {
      return;
    }
    if (options.timestamps() && !midLine) {
      write(record, 0, stream + 1);
    }
    write(record, text + 1, record.length - text - 1);
    midLine = record[tag + 1] == 'P';
    if (!midLine) {
      write(new byte[] {'\n'}, 0, 1);
    }
  }

  private boolean wanted(byte[] record, int end) {
    @Nullable Instant since = options.since();
    if (since == null) {
      return true;
    }
    try {
      String time = new String(record, 0, end, java.nio.charset.StandardCharsets.US_ASCII);
      return !Instant.parse(time).isBefore(since);
    } catch (DateTimeParseException e) {
      return true; // rather a line too many than a line lost
    }
  }

  private void write(byte[] bytes, int offset, int length) throws IOException {
    int allowed = (int) Math.min(length, budget);
    out.write(bytes, offset, allowed);
    budget -= allowed;
  }

  private static int indexOf(byte[] record, int from) {
    for (int i = from; i < record.length; i++) {
      if (record[i] == ' ') {
        return i;
      }
    }
    return -1;
  }
}
