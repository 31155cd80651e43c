package dev.fairlead.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A queue with access by position; not safe for use by several threads. */
final class Ring<T> {
  private @Nullable Object[] slots = new @Nullable Object[64];
  private int first;
  private int size;

  int size() {
    return size;
  }

  void add(T item) {
    if (size == slots.length) {
      grow();
    }
    slots[slot(size)] = item;
    size++;
  }

  @SuppressWarnings("unchecked") // only add() fills slots
  T get(int index) {
    Objects.checkIndex(index, size);
    return (T) Objects.requireNonNull(slots[slot(index)]);
  }

  T removeFirst() {
    T item = get(0);
    slots[first] = null;
    first = slot(1);
    size--;
    return item;
  }

  private int slot(int index) {
    return (first + index) & (slots.length - 1);
  }

  private void grow() {
    @Nullable Object[] larger = new @Nullable Object[slots.length * 2];
    for (int index = 0; index < size; index++) {
      larger[index] = slots[slot(index)];
    }
    slots = larger;
    first = 0;
  }
}
