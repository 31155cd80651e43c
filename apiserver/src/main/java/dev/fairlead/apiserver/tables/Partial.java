package dev.fairlead.apiserver.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;

/** Objects reduced to their metadata. */
public final class Partial {
  private Partial() {}

  /** The object as {@code meta.k8s.io PartialObjectMetadata}. */
  public static Document of(Document object, String version) {
    if (version.equals("v1")) {
      return object.metadataOnly();
    }
    ObjectNode partial = Json.object();
    partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/" + version);
    partial.set("metadata", object.tree().path("metadata"));
    return Document.of(partial);
  }
}
