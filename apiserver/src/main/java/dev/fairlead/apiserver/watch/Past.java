package dev.fairlead.apiserver.watch;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a type held before its newest change, as far back as somebody may still read it. What lies
 * behind a state is shared with the next, so this costs what was changed. Owned by the cache's
 * lock.
 */
final class Past {
  /** By the revision since which it was so. */
  private final NavigableMap<Long, DocumentTree> states = new TreeMap<>();

  private long floor;

  /** Forgets everything: nothing before {@code revision} is known. */
  void reset(long revision) {
    states.clear();
    floor = revision;
  }

  /** The oldest revision that is known. */
  long floor() {
    return floor;
  }

  /** A state that is over. */
  void add(long since, DocumentTree state) {
    states.put(since, state);
  }

  /** Forgets what held only before {@code revision}. */
  void forgetBefore(long revision) {
    if (revision <= floor) {
      return;
    }
    floor = revision;
    Long oldest = states.floorKey(revision);
    if (oldest != null) {
      states.headMap(oldest).clear();
    }
  }

  /** The state at a revision before the newest change; null when none is known. */
  @Nullable DocumentTree at(long revision) {
    Map.Entry<Long, DocumentTree> state = states.floorEntry(revision);
    return state == null ? null : state.getValue();
  }

  int size() {
    return states.size();
  }
}
