package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import java.util.ArrayList;
import java.util.List;

/** {@code finalize} of namespaces: replaces {@code spec.finalizers} and nothing else. */
record FinalizeSubresource(TypeRegistry namespaces) implements Subresource {
  @Override
  public Document update(Target target, Document body, WriteOptions options) {
    ObjectNode wanted = Incoming.readNamed(target, body);
    validate(target, wanted.path("spec").path("finalizers"));
    return namespaces.edit(target, stored -> next(stored, wanted), Shape.TRUSTED, options);
  }

  private static void validate(Target target, JsonNode finalizers) {
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < finalizers.size(); i++) {
      String path = "spec.finalizers[%d]".formatted(i);
      MetaValidation.finalizer(finalizers.get(i).asText(), path, errors);
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid(target.type(), target.name(), errors);
    }
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
