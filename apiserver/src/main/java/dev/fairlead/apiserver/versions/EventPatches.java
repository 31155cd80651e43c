package dev.fairlead.apiserver.versions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.patch.Patches;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import dev.fairlead.api.structured.StructuredMerge;
import dev.fairlead.apiserver.registry.ApplyConfig;
import dev.fairlead.apiserver.registry.PatchedFields;

/** Patches that speak {@code events.k8s.io/v1}: their fields are checked as that version's. */
final class EventPatches {
  private static final TypeSchema TYPE = Schema.load().of(Kinds.EVENTS_EVENT);
  private static final StructuredMerge MERGE = new StructuredMerge(Schema.load());

  private EventPatches() {}

  /**
   * What a patch other than an apply makes of an event of {@code v1}, as {@code v1}.
   *
   * @throws dev.fairlead.api.ApiException 422 when it does not fit the type
   */
  static Document patched(Document before, Patch patch, WriteOptions options) {
    Document patched = Patches.apply(Kinds.EVENTS_EVENT, EventVersions.toEvents(before), patch);
    return EventVersions.toCore(PatchedFields.check(TYPE, patched, patch, options));
  }

  /**
   * The same apply, for {@code v1}: managers are kept of the fields that are stored.
   *
   * @throws dev.fairlead.api.ApiException 400 when it does not fit the type
   */
  static Patch toCore(Patch apply) {
    ObjectNode config = ApplyConfig.of(Kinds.EVENTS_EVENT, apply.body()).deepCopy();
    MERGE.check(TYPE, config);
    Document core = EventVersions.toCore(Document.of(config));
    return new Patch(apply.type(), core.tree(), apply.duplicates());
  }
}
