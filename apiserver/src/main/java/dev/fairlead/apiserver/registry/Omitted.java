package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Drops what a typed API never stores: fields that are null, and empty collections of {@code
 * metadata}, which upstream declares {@code omitempty}. An empty {@code managedFields} stays: it
 * asks for something.
 */
final class Omitted {
  private static final List<String> META_COLLECTIONS =
      List.of("labels", "annotations", "finalizers", "ownerReferences");

  /** Copies of an object share it, so it stays as it is. */
  private static final String SHARED = "managedFields";

  private Omitted() {}

  static void strip(ObjectNode object) {
    stripNulls(object);
    if (object.path("metadata") instanceof ObjectNode meta) {
      META_COLLECTIONS.stream()
          .filter(name -> meta.path(name).isContainerNode() && meta.path(name).isEmpty())
          .forEach(meta::remove);
    }
  }

  private static void stripNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(entry -> entry.getValue().isNull());
    }
    node.properties()
        .forEach(each -> {
          if (!each.getKey().equals(SHARED)) {
            stripNulls(each.getValue());
          }
        });
    if (node.isArray()) {
      node.forEach(Omitted::stripNulls);
    }
  }
}
