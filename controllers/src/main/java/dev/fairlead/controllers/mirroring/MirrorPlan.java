package dev.fairlead.controllers.mirroring;

import dev.fairlead.api.Document;
import java.util.List;

/** The writes that bring the mirrored slices of one Endpoints object in line with it. */
record MirrorPlan(List<Document> create, List<Document> update, List<Document> delete) {

  /** Removes everything. */
  static MirrorPlan deleteAll(List<Document> slices) {
    return new MirrorPlan(List.of(), List.of(), List.copyOf(slices));
  }

  boolean isEmpty() {
    return create.isEmpty() && update.isEmpty() && delete.isEmpty();
  }
}
