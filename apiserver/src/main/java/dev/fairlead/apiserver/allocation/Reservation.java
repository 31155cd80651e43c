package dev.fairlead.apiserver.allocation;

import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.Operation;
import java.util.List;

/**
 * What must be written in the same transaction as an object, for example the address that it takes.
 */
public record Reservation(List<Compare> compares, List<Operation> operations) {
  /** Nothing but the object. */
  public static final Reservation NONE = new Reservation(List.of(), List.of());
}
