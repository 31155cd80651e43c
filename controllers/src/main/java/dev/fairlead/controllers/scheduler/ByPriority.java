package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.ObjectKey;
import java.util.AbstractQueue;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Pods that wait for a decision: the highest priority first, among equals the one that came first.
 * A pod's priority is read when it is added. Guarded by the lock of the work queue that it is in.
 */
final class ByPriority extends AbstractQueue<ObjectKey> {
  private final ToIntFunction<ObjectKey> priority;
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          Comparator.comparingInt(Entry::priority).reversed().thenComparingLong(Entry::order));
  private long order;

  private record Entry(ObjectKey pod, int priority, long order) {}

  /**
   * An empty queue.
   *
   * @param priority must not block
   */
  ByPriority(ToIntFunction<ObjectKey> priority) {
    this.priority = priority;
  }

  @Override
  public boolean offer(ObjectKey pod) {
    return entries.offer(new Entry(pod, priority.applyAsInt(pod), order++));
  }

  @Override
  public @Nullable ObjectKey poll() {
    Entry first = entries.poll();
    return first == null ? null : first.pod();
  }

  @Override
  public @Nullable ObjectKey peek() {
    Entry first = entries.peek();
    return first == null ? null : first.pod();
  }

  /** In no particular order. */
  @Override
  public Iterator<ObjectKey> iterator() {
    return entries.stream().map(Entry::pod).iterator();
  }

  @Override
  public int size() {
    return entries.size();
  }
}
