package dev.fairlead.kubelet.pod;

import dev.fairlead.kubelet.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Timers that a test moves. */
final class ManualTimers implements Timers {
  private final List<Entry> entries = new ArrayList<>();
  private Duration now = Duration.ZERO;

  private record Entry(Duration at, Runnable action) {}

  @Override
  public Runnable after(Duration delay, Runnable action) {
    Entry entry = new Entry(now.plus(delay), action);
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  /** Lets time pass; runs what is due, in order. */
  void pass(Duration time) {
    Duration end = now.plus(time);
    while (true) {
      Entry next =
          entries.stream()
              .filter(each -> each.at().compareTo(end) <= 0)
              .min(Comparator.comparing(Entry::at))
              .orElse(null);
      if (next == null) {
        now = end;
        return;
      }
      entries.remove(next);
      now = next.at();
      next.action().run();
    }
  }
}
