package dev.fairlead.apiserver.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The newest events of one type, bounded by number and by age. Owned by the cache's lock. */
final class Window {
  /** That many are kept whatever their age. */
  private static final int KEPT_MIN = 100;

  private final Deque<CachedEvent> events = new ArrayDeque<>();
  private final int eventsMax;
  private final Duration ageMax;
  private long floor;

  Window(int eventsMax, Duration ageMax) {
    this.eventsMax = eventsMax;
    this.ageMax = ageMax;
  }

  /** Forgets everything: what happened up to {@code revision} is not known. */
  void reset(long revision) {
    events.clear();
    floor = revision;
  }

  /** The newest revision of which events may be missing. */
  long floor() {
    return floor;
  }

  void add(CachedEvent event) {
    events.addLast(event);
    Instant oldest = event.at().minus(ageMax);
    while (events.size() > eventsMax
        || (events.size() > KEPT_MIN && events.getFirst().at().isBefore(oldest))) {
      floor = events.removeFirst().revision();
    }
  }

  /** The events after a revision, oldest first. */
  List<CachedEvent> after(long revision) {
    List<CachedEvent> newestFirst = new ArrayList<>();
    Iterator<CachedEvent> backwards = events.descendingIterator();
    while (backwards.hasNext()) {
      CachedEvent event = backwards.next();
      if (event.revision() <= revision) {
        break;
      }
      newestFirst.add(event);
    }
    return newestFirst.reversed();
  }
}
