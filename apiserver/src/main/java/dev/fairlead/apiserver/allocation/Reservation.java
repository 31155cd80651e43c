package dev.fairlead.apiserver.allocation;

import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.Operation;
import java.util.List;
import java.util.stream.Stream;

/**
 * What must be written in the same transaction as an object, for example the address that it takes.
 */
public record Reservation(List<Compare> compares, List<Operation> operations) {
  /** Nothing but the object. */
  public static final Reservation NONE = new Reservation(List.of(), List.of());

  public Reservation {
    compares = List.copyOf(compares);
    operations = List.copyOf(operations);
  }

  /** Both together. They must not write the same key. */
  public Reservation and(Reservation other) {
    return new Reservation(both(compares, other.compares), both(operations, other.operations));
  }

  private static <T> List<T> both(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
