package dev.fairlead.controllers.endpointslice;

import dev.fairlead.api.Document;
import java.util.List;

/**
 * The writes that bring the slices of a Service to what is wanted.
 *
 * @param create without names
 * @param update new versions, at the resource versions that they replace
 */
record SlicePlan(List<Document> create, List<Document> update, List<Document> delete) {
  SlicePlan {
    create = List.copyOf(create);
    update = List.copyOf(update);
    delete = List.copyOf(delete);
  }

  boolean isEmpty() {
    return create.isEmpty() && update.isEmpty() && delete.isEmpty();
  }
}
