package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Objects without the metadata that says something about the stored form only. */
final class Bare {
  private static final List<String> STORED = List.of("managedFields", "resourceVersion");

  private Bare() {}

  /** The object without {@code managedFields} and {@code resourceVersion}; shares nodes with it. */
  static ObjectNode of(ObjectNode object) {
    if (!(object.get("metadata") instanceof ObjectNode metadata)) {
      return object;
    }
    ObjectNode bare = JsonNodeFactory.instance.objectNode();
    bare.setAll(object);
    ObjectNode bareMetadata = JsonNodeFactory.instance.objectNode();
    bareMetadata.setAll(metadata);
    bareMetadata.remove(STORED);
    bare.set("metadata", bareMetadata);
    return bare;
  }
}
