package dev.fairlead.controllers;

import dev.fairlead.api.Document;
import java.util.List;

/**
 * The writes that bring the EndpointSlices of one owner to what is wanted.
 *
 * @param create without names
 * @param update new versions, at the resource versions that they replace
 */
public record SlicePlan(List<Document> create, List<Document> update, List<Document> delete) {
  /** Copies the lists. */
  public SlicePlan {
    create = List.copyOf(create);
    update = List.copyOf(update);
    delete = List.copyOf(delete);
  }

  /** Whether nothing needs to be written. */
  public boolean isEmpty() {
    return create.isEmpty() && update.isEmpty() && delete.isEmpty();
  }
}
