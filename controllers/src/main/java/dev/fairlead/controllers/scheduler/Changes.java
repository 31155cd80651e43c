package dev.fairlead.controllers.scheduler;

import java.util.HashSet;
import java.util.Set;

/** Keys of objects that have changed, each once, until somebody takes them all. */
final class Changes<K> {
  private Set<K> keys = new HashSet<>();

  synchronized void add(K key) {
    keys.add(key);
  }

  /** All since the last time. */
  synchronized Set<K> take() {
    if (keys.isEmpty()) {
      return Set.of();
    }
    Set<K> taken = keys;
    keys = new HashSet<>();
    return taken;
  }
}
