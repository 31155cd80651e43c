package dev.fairlead.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that one blocking thread writes and an event loop sends. Flushes that come faster than the
 * loop turns travel together. A writer waits while the peer is slow, and no longer than its
 * patience. What is written is copied once, into a buffer of the channel's pool that the loop sends
 * as it is; between writes there is none.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a failed write closes the channel, which is heard of
final class Outlet extends OutputStream {
  private static final int PENDING_MAX = 64 * 1024;

  /** Something is written in small parts. */
  private static final int ROOM_MIN = 512;

  private final Channel channel;
  private final Function<ByteBuf, Object> frame;
  private final Runnable onEnd;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable ByteBuf pending;
  private boolean scheduled;
  private boolean closed;
  private boolean stalled;
  private @Nullable IOException failure;

  /**
   * An outlet onto a channel.
   *
   * @param frame makes the message that carries some bytes
   * @param onEnd runs on the event loop after the last bytes were written
   */
  Outlet(Channel channel, Function<ByteBuf, Object> frame, Runnable onEnd, Duration patience) {
    this.channel = channel;
    this.frame = frame;
    this.onEnd = onEnd;
    this.patience = patience;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int at = from;
    int left = length;
    lock.lock();
    try {
      while (left > 0) {
        awaitRoom();
        int count = Math.min(left, PENDING_MAX - pendingBytes());
        room(count).writeBytes(bytes, at, count);
        at += count;
        left -= count;
        if (pendingBytes() >= PENDING_MAX) {
          schedule();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void flush() throws IOException {
    lock.lock();
    try {
      check();
      if (pendingBytes() > 0) {
        schedule();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        schedule();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The channel's writability has changed, or the event loop has just written. */
  void writable(boolean now) {
    lock.lock();
    try {
      stalled = !now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Every write from now on throws. */
  void gone() {
    lock.lock();
    try {
      if (failure == null) {
        failure = new IOException("the peer has gone");
      }
      drop();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom() throws IOException {
    check();
    while (stalled || pendingBytes() >= PENDING_MAX) {
      try {
        if (!changed.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          channel.close();
          throw new IOException("the peer has read nothing for " + patience);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while writing", e);
      }
      check();
    }
  }

  private void check() throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
    if (closed) {
      throw new IOException("the stream is closed");
    }
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      try {
        channel.eventLoop().execute(this::drain);
      } catch (RejectedExecutionException e) {
        failure = new IOException("the server is closed", e);
        drop();
      }
    }
  }

  private int pendingBytes() {
    ByteBuf bytes = pending;
    return bytes == null ? 0 : bytes.readableBytes();
  }

  private ByteBuf room(int count) {
    ByteBuf bytes = pending;
    if (bytes == null) {
      bytes = channel.alloc().heapBuffer(Math.max(count, ROOM_MIN), PENDING_MAX);
      pending = bytes;
    }
    return bytes;
  }

  private void drop() {
    ByteBuf bytes = pending;
    pending = null;
    if (bytes != null) {
      bytes.release();
    }
  }

  private void drain() {
    ByteBuf bytes;
    boolean last;
    lock.lock();
    try {
      scheduled = false;
      bytes = pending;
      pending = null;
      last = closed;
    } finally {
      lock.unlock();
    }
    if (bytes != null) {
      channel.writeAndFlush(frame.apply(bytes));
    }
    writable(channel.isWritable());
    if (last) {
      onEnd.run();
    }
  }
}
