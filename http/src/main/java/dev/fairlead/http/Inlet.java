package dev.fairlead.http;

import dev.fairlead.http.stream.Chunks;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that arrive on an event loop, read by one blocking thread. Holds little: when it is full it
 * asks for a pause through {@code flow}, and for more when the reader has caught up.
 */
final class Inlet extends InputStream {
  private static final long HIGH = 256 * 1024;
  private static final long LOW = 64 * 1024;

  private final long max;
  private final @Nullable Duration patience;
  private final Runnable beforeFirstRead;
  private final Runnable flow;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Chunks chunks = new Chunks();
  private long received;
  private long waitedNanos;
  private boolean full;
  private boolean ended;
  private boolean started;
  private @Nullable IOException failure;

  /**
   * An empty inlet.
   *
   * @param max bound on all bytes together
   * @param patience how long a read waits for bytes, and half of what all reads together wait; null
   *     for ever
   * @param flow called when {@link #full()} has become false
   */
  Inlet(long max, @Nullable Duration patience, Runnable beforeFirstRead, Runnable flow) {
    this(max, patience, beforeFirstRead, flow, System::nanoTime);
  }

  Inlet(
      long max,
      @Nullable Duration patience,
      Runnable beforeFirstRead,
      Runnable flow,
      LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.max = max;
    this.patience = patience;
    this.beforeFirstRead = beforeFirstRead;
    this.flow = flow;
  }

  /** Adds bytes; past the bound they are dropped and reads fail. */
  void offer(byte[] bytes) {
    lock.lock();
    try {
      received += bytes.length;
      if (received > max && failure == null) {
        chunks.clear();
        failure = new BodyTooLargeException(max);
      }
      if (failure == null) {
        chunks.add(bytes);
      }
      full = failure == null && chunks.bytes() > HIGH;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Declares the bound passed before any byte came, because the peer announced it. */
  void announce(long length) {
    if (length > max) {
      fail(new BodyTooLargeException(max));
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What has arrived can still be read unless it is incomplete; after that reads throw. */
  void fail(IOException cause) {
    lock.lock();
    try {
      if (failure == null && !ended) {
        failure = cause;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void gone() {
    fail(new EOFException("the peer has gone"));
  }

  boolean full() {
    lock.lock();
    try {
      return full;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    start();
    boolean drained;
    int count;
    lock.lock();
    try {
      if (!awaitBytes()) {
        return -1;
      }
      count = chunks.take(target, from, length);
      drained = full && chunks.bytes() < LOW;
      full = full && !drained;
    } finally {
      lock.unlock();
    }
    if (drained) {
      flow.run();
    }
    return count;
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return (int) chunks.bytes();
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    if (!started) {
      started = true;
      beforeFirstRead.run();
    }
  }

  private boolean awaitBytes() throws IOException {
    try {
      if (isWaiting()) {
        long before = nanoTime.getAsLong();
        awaitChange(before);
        waitedNanos += nanoTime.getAsLong() - before;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading", e);
    }
    if (chunks.isEmpty() && failure != null) {
      throw failure;
    }
    return !chunks.isEmpty();
  }

  private boolean isWaiting() {
    return chunks.isEmpty() && failure == null && !ended;
  }

  private void awaitChange(long before) throws IOException, InterruptedException {
    if (patience == null) {
      while (isWaiting()) {
        changed.await();
      }
      return;
    }
    long once = patience.toNanos();
    long allowed = Math.min(once, 2 * once - waitedNanos);
    while (isWaiting()) {
      long left = allowed - (nanoTime.getAsLong() - before);
      if (left <= 0) {
        throw new BodyException(
            408,
            allowed == once
                ? "no byte of the body came for " + patience
                : "the body came too slowly");
      }
      long remaining = changed.awaitNanos(left);
      assert remaining <= left;
    }
  }
}
