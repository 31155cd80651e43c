package dev.fairlead.linux;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The master side of a pseudo-terminal ({@code pty(7)}). Reads and writes block platform threads;
 * {@link #close} wakes them.
 */
public final class Pty implements AutoCloseable {
  private static final int PIECE_BYTES = 4096;

  private final int master;
  private final int wake;
  private final String slave;
  private final In in = new In();
  private final Out out = new Out();

  /** Using the descriptors and closing them exclude each other. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private volatile boolean closing;
  private boolean closed;

  private Pty(int master, int wake, String slave) {
    this.master = master;
    this.wake = wake;
    this.slave = slave;
  }

  /** Makes a new pseudo-terminal. */
  public static Pty open() throws IOException {
    int master = LibcTty.openMaster();
    if (master < 0) {
      throw new LinkException("make a pseudo-terminal", -master);
    }
    try {
      String slave = LibcTty.slaveName(master);
      int wake = LibcTty.eventDescriptor();
      if (wake < 0) {
        throw new LinkException("make an event descriptor", -wake);
      }
      return new Pty(master, wake, slave);
    } catch (LinkException e) {
      Libc.close(master);
      throw e;
    }
  }

  /** The file of the other side, for example {@code /dev/pts/3}. */
  public String slave() {
    return slave;
  }

  /** What is printed on the terminal; ends when nobody has its other side open any more. */
  public InputStream in() {
    return in;
  }

  /** What is typed. */
  public OutputStream out() {
    return out;
  }

  /** Tells the terminal its size in characters. */
  public void resize(int columns, int rows) throws IOException {
    lock.readLock().lock();
    try {
      if (!closed) {
        int result = LibcTty.resize(master, columns, rows);
        if (result < 0) {
          throw new LinkException("resize the terminal " + slave, -result);
        }
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    closing = true;
    lock.readLock().lock();
    try {
      if (!closed) {
        LibcTty.signal(wake);
      }
    } finally {
      lock.readLock().unlock();
    }
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        Libc.close(master);
        Libc.close(wake);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Waits until the master can be read or written; false when this is being closed. */
  private boolean awaitReady(boolean forReading) throws IOException {
    if (closing) {
      return false;
    }
    int result = LibcTty.awaitReady(master, wake, forReading);
    if (result < 0 && result != -Errno.EINTR) {
      throw new LinkException("wait for the terminal " + slave, -result);
    }
    return !closing;
  }

  private final class In extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      lock.readLock().lock();
      try {
        while (awaitReady(true)) {
          byte[] bytes = new byte[Math.min(length, PIECE_BYTES)];
          int count = LibcTty.read(master, bytes);
          if (count == -Errno.EIO || count == 0) {
            return -1;
          }
          if (count > 0) {
            System.arraycopy(bytes, 0, target, from, count);
            return count;
          }
          if (count != -Errno.EAGAIN && count != -Errno.EINTR) {
            throw new LinkException("read from the terminal " + slave, -count);
          }
        }
        return -1;
      } finally {
        lock.readLock().unlock();
      }
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      lock.readLock().lock();
      try {
        int at = from;
        while (at < from + length) {
          if (!awaitReady(false)) {
            throw new EOFException("the terminal " + slave + " is closed");
          }
          int size = Math.min(from + length - at, PIECE_BYTES);
          int count = LibcTty.write(master, bytes, at, size);
          if (count >= 0) {
            at += count;
          } else if (count != -Errno.EAGAIN && count != -Errno.EINTR) {
            throw new LinkException("write to the terminal " + slave, -count);
          }
        }
      } finally {
        lock.readLock().unlock();
      }
    }

    /** A terminal has no half-close. */
    @Override
    public void close() {}
  }
}
