package dev.fairlead.apiserver.watch;

import java.util.Collection;

/**
 * Follows keys, for example those of allocations, apart from what the watch cache keeps of them.
 * Called in order, by one thread.
 */
public interface KeyObserver {

  /** The prefix of the keys to follow. */
  String prefix();

  /** All keys there are; replaces what was known. */
  void reset(Collection<String> keys);

  /** A key was written. */
  void onPut(String key);

  /** A key was removed. */
  void onDelete(String key);
}
