package dev.fairlead.proxy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gives each endpoint of a service a number, and changes as few numbers as possible. */
final class Slots {
  private Slots() {}

  /**
   * Endpoints that stay keep their number; newcomers take the numbers that became free, then new
   * ones; a hole that is left is filled from the end. So one endpoint that comes or goes moves at
   * most one other.
   *
   * @param before numbered by position
   * @param wanted without duplicates
   */
  static List<Target> assign(List<Target> before, Set<Target> wanted) {
    Deque<Target> newcomers = newcomers(before, wanted);
    List<Target> slots = new ArrayList<>(before);
    for (int i = 0; i < slots.size(); i++) {
      if (!wanted.contains(slots.get(i))) {
        i = fill(slots, i, newcomers, wanted);
      }
    }
    slots.addAll(newcomers);
    return List.copyOf(slots);
  }

  private static Deque<Target> newcomers(List<Target> before, Set<Target> wanted) {
    Set<Target> newcomers = new LinkedHashSet<>(wanted);
    before.forEach(newcomers::remove);
    return new ArrayDeque<>(newcomers);
  }

  /** Fills hole {@code i}, or cuts the list there; returns the index reached. */
  private static int fill(List<Target> slots, int i, Deque<Target> newcomers, Set<Target> wanted) {
    if (!newcomers.isEmpty()) {
      slots.set(i, newcomers.removeFirst());
      return i;
    }
    while (slots.size() > i + 1) {
      Target last = slots.removeLast();
      if (wanted.contains(last)) {
        slots.set(i, last);
        return i;
      }
    }
    slots.removeLast();
    return i;
  }
}
