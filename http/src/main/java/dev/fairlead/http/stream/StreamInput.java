package dev.fairlead.http.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of one stream on their way from the thread that reads the connection to the thread that
 * wants them. Holds little: {@link #offer} waits while the reader is behind, which is felt by the
 * peer as a slow connection.
 */
public final class StreamInput extends InputStream {
  private static final int QUEUED_BYTES_MAX = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Chunks chunks = new Chunks();
  private boolean ended;
  private boolean unwanted;
  private @Nullable IOException failure;

  /** Adds bytes, waiting for room; what comes after the end or after {@link #close} is dropped. */
  public void offer(byte[] bytes) throws InterruptedException {
    lock.lock();
    try {
      while (chunks.bytes() >= QUEUED_BYTES_MAX && open()) {
        changed.await();
      }
      if (open() && bytes.length > 0) {
        chunks.add(bytes);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will come: reads end after what is queued. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Reads throw this after what is queued, unless the end has come before. */
  public void fail(IOException cause) {
    lock.lock();
    try {
      if (!ended && failure == null) {
        failure = cause;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody reads any more. */
  @Override
  public void close() {
    lock.lock();
    try {
      unwanted = true;
      chunks.clear();
      changed.signalAll();
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
    lock.lock();
    try {
      while (chunks.isEmpty() && open()) {
        changed.await();
      }
      return chunks.isEmpty() ? atEnd() : take(target, from, length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading", e);
    } finally {
      lock.unlock();
    }
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

  private boolean open() {
    return !ended && !unwanted && failure == null;
  }

  private int atEnd() throws IOException {
    if (unwanted) {
      throw new IOException("the stream is closed");
    }
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
    return -1;
  }

  private int take(byte[] target, int from, int length) {
    int count = chunks.take(target, from, length);
    changed.signalAll();
    return count;
  }
}
