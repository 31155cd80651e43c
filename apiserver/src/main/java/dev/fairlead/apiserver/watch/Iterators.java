package dev.fairlead.apiserver.watch;

import java.util.Iterator;

/** One iterator after another. */
final class Iterators {
  private Iterators() {}

  static <T> Iterator<T> concat(Iterator<T> first, Iterator<T> second) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return first.hasNext() || second.hasNext();
      }

      @Override
      public T next() {
        return first.hasNext() ? first.next() : second.next();
      }
    };
  }
}
