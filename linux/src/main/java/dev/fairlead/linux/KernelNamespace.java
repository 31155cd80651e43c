package dev.fairlead.linux;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A namespace held by a descriptor. */
final class KernelNamespace implements NetworkNamespace {
  private final String name;
  private final int descriptor;
  private final Links links = new RtnetlinkLinks(this);

  /** Entering and closing exclude each other: a closed number may already name another file. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

  KernelNamespace(String name, int descriptor) {
    this.name = name;
    this.descriptor = descriptor;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int descriptor() {
    return descriptor;
  }

  @Override
  public <T> T call(Callable<T> code) throws IOException {
    return NamespaceWorkers.call(this, code);
  }

  @Override
  public Links links() {
    return links;
  }

  /** Moves the calling thread, which must be a worker of {@link NamespaceWorkers}, in here. */
  void enter() throws IOException {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IOException("namespace " + name + " is closed");
      }
      int result = Libc.setns(descriptor, Libc.CLONE_NEWNET);
      if (result < 0) {
        throw new LinkException("enter namespace " + name, -result);
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed && this != Namespaces.home()) {
        closed = true;
        Libc.close(descriptor);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
