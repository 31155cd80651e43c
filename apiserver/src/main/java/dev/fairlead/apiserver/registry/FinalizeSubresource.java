package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;

/** {@code finalize} of namespaces: replaces {@code spec.finalizers} and nothing else. */
record FinalizeSubresource(TypeRegistry namespaces) implements Subresource {
  @Override
  public Document update(Target target, Document body, WriteOptions options) {
    ObjectNode wanted = Incoming.readNamed(target, body);
    return namespaces.edit(target, stored -> next(stored, wanted), Shape.TRUSTED, options);
  }

  private static ObjectNode next(Document stored, ObjectNode wanted) {
    ObjectNode next = Trees.copy(stored);
    Trees.take("finalizers", wanted.path("spec"), Trees.child(next, "spec"));
    String version = wanted.path("metadata").path("resourceVersion").asText("");
    if (!version.isEmpty()) {
      Trees.child(next, "metadata").put("resourceVersion", version);
    }
    return next;
  }
}
