package dev.fairlead.kubelet.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The output of one run of one container, in the CRI log format: {@code <time> <stream> <F|P>
 * <text>}, one record per line, {@code P} for a piece of a line that is longer than 16 KiB.
 *
 * <p>Files are numbered by <em>generation</em>: the current one has the path itself, older ones end
 * in {@code .1}, {@code .2} and so on. Readers wait on a condition that each write signals.
 */
public final class ContainerLog implements AutoCloseable {
  private static final int LINE_BYTES_MAX = 16 * 1024;
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

  private final Path path;
  private final Clock clock;
  private final LogBounds bounds;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable FileChannel out;
  private long size;
  private long generation;
  private boolean closed;

  private ContainerLog(Path path, Clock clock, LogBounds bounds, @Nullable FileChannel out) {
    this.path = path;
    this.clock = clock;
    this.bounds = bounds;
    this.out = out;
    this.closed = out == null;
  }

  /** Makes a new log; an older file of the same name is replaced. */
  public static ContainerLog create(Path path, Clock clock, LogBounds bounds) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    return new ContainerLog(path, clock, bounds, open(path));
  }

  /** A log that an earlier run left; nothing can be added to it. */
  public static ContainerLog ended(Path path, Clock clock, LogBounds bounds) {
    return new ContainerLog(path, clock, bounds, null);
  }

  /** Where the current file is. */
  public Path path() {
    return path;
  }

  /**
   * Copies a stream into the log until it ends. Blocks: runs on a thread of its own.
   *
   * @param stream {@code stdout} or {@code stderr}
   */
  public void copy(InputStream in, String stream) throws IOException {
    byte[] buffer = new byte[LINE_BYTES_MAX];
    int used = 0;
    int read;
    while ((read = in.read(buffer, used, buffer.length - used)) >= 0) {
      used = drain(buffer, used + read, stream);
    }
    if (used > 0) {
      append(stream, buffer, 0, used, true);
    }
  }

  /** Writes the whole lines of the buffer and moves the rest to its start; returns its length. */
  private int drain(byte[] buffer, int used, String stream) throws IOException {
    int start = 0;
    for (int i = 0; i < used; i++) {
      if (buffer[i] == '\n') {
        append(stream, buffer, start, i - start, true);
        start = i + 1;
      }
    }
    if (start == 0 && used == buffer.length) {
      append(stream, buffer, 0, used, false);
      return 0;
    }
    System.arraycopy(buffer, start, buffer, 0, used - start);
    return used - start;
  }

  private void append(String stream, byte[] text, int offset, int length, boolean whole)
      throws IOException {
    String head = TIME.format(clock.instant()) + " " + stream + (whole ? " F " : " P ");
    byte[] prefix = head.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer line = ByteBuffer.allocate(prefix.length + length + 1);
    line.put(prefix).put(text, offset, length).put((byte) '\n').flip();
    lock.lock();
    try {
      write(line);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void write(ByteBuffer line) throws IOException {
    FileChannel channel = out;
    if (channel == null) {
      return; // output of a process that outlived its container
    }
    if (size > 0 && size + line.remaining() > bounds.fileBytesMax()) {
      channel.close();
      rotate();
      channel = open(path);
      out = channel;
      size = 0;
      generation++;
    }
    size += line.remaining();
    while (line.hasRemaining()) {
      int _ = channel.write(line);
    }
  }

  private void rotate() throws IOException {
    for (int age = bounds.filesMax() - 1; age >= 1; age--) {
      Path from = aged(age - 1);
      if (Files.exists(from)) {
        Files.move(from, aged(age), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path aged(long age) {
    return age == 0 ? path : path.resolveSibling(path.getFileName() + "." + age);
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  /** Ends the log; readers that follow it read to the end and stop. May be repeated. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      FileChannel channel = out;
      out = null;
      if (channel != null) {
        channel.close();
      }
      changed.signalAll();
    } catch (IOException e) {
      throw new UncheckedIOException("close " + path, e);
    } finally {
      lock.unlock();
    }
  }

  /** The oldest generation that is still on disk. */
  long oldest() {
    lock.lock();
    try {
      long age = 0;
      while (age + 1 < bounds.filesMax() && Files.exists(aged(age + 1))) {
        age++;
      }
      return generation - age;
    } finally {
      lock.unlock();
    }
  }

  /** Opens a generation for reading; null when it is rotated away or was never written. */
  @Nullable FileChannel read(long which) throws IOException {
    lock.lock();
    try {
      return FileChannel.open(aged(generation - which), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** The newest generation. */
  long newest() {
    lock.lock();
    try {
      return generation;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is more to read than {@code position} bytes of a generation.
   *
   * @param gone ends the waiting; looked at after each {@link #wake}
   * @return false when the log has ended and there is no more
   */
  boolean awaitMore(long which, long position, BooleanSupplier gone) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && generation == which && size <= position && !gone.getAsBoolean()) {
        changed.await();
      }
      return !closed || generation > which || size > position;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes every reader, so that one whose peer has gone can look. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
