package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import java.util.function.Function;

/** Writes one pod's status, with the newest object it knows as base. Used by one thread. */
final class StatusWriter {
  private static final int TRIES_MAX = 5;

  private final KubeApi api;
  private Document known;

  StatusWriter(KubeApi api, Document known) {
    this.api = api;
    this.known = known;
  }

  /** A newer object has been seen. */
  void saw(Document document) {
    if (revision(document) >= revision(known)) {
      known = document;
    }
  }

  /**
   * Writes what {@code status} makes of the status that stands; nothing when that is the same.
   *
   * @throws ApiException when it could not be written; 404 when the pod is gone
   */
  void write(Function<JsonNode, ObjectNode> status) {
    for (int tries = 1; ; tries++) {
      Document base = known;
      ObjectNode next = status.apply(base.status());
      if (next.equals(base.status())) {
        return;
      }
      try {
        known =
            api.update(
                target().sub("status"),
                base.with(tree -> tree.set("status", next)),
                WriteOptions.NONE);
        return;
      } catch (ApiException e) {
        if (!e.isConflict() || tries == TRIES_MAX) {
          throw e;
        }
        refresh();
      }
    }
  }

  private void refresh() {
    Document fresh = api.get(target());
    if (!fresh.meta().uid().equals(known.meta().uid())) {
      throw ApiException.notFound(Kinds.POD, known.name());
    }
    known = fresh;
  }

  private Target target() {
    return Target.object(Kinds.POD, known.key());
  }

  /** Revisions of one store are decimal numbers; anything else counts as oldest. */
  private static long revision(Document document) {
    try {
      return Long.parseLong(document.meta().resourceVersion());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
