package dev.fairlead.apiserver.allocation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import org.jspecify.annotations.Nullable;

/** Decides what an object takes from a shared pool, and gives back, with each write. */
@FunctionalInterface
public interface Reserver {
  /** Takes nothing. */
  Reserver NONE = (old, next) -> Reservation.NONE;

  /**
   * Decides for one write, and fills what was taken into {@code next}.
   *
   * @param old the stored object; null for a creation
   * @param next the object to be written; null for a removal
   * @throws dev.fairlead.api.ApiException 422 when what was asked for cannot be had
   */
  Reservation reserve(@Nullable Document old, @Nullable ObjectNode next);
}
