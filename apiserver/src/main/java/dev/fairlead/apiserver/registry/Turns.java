package dev.fairlead.apiserver.registry;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lines up those who lost a race for something that they all change, for example the quota of one
 * namespace, so that each pass lets somebody through. Nothing depends on it for being right.
 */
final class Turns {
  private static final int LINES = 64;

  private final ReentrantLock[] lines = new ReentrantLock[LINES];

  Turns() {
    for (int i = 0; i < LINES; i++) {
      lines[i] = new ReentrantLock(true);
    }
  }

  /** Tries once; from the second attempt on, one at a time in each namespace. */
  <T extends @Nullable Object> T attempt(int number, String namespace, Supplier<T> work) {
    if (number == 0) {
      return work.get();
    }
    ReentrantLock line = lines[Math.floorMod(namespace.hashCode(), LINES)];
    line.lock();
    try {
      return work.get();
    } finally {
      line.unlock();
    }
  }
}
