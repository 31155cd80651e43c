package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.schema.CanonicalForm;
import dev.fairlead.api.schema.QuantityFields;
import dev.fairlead.api.schema.Schema;

/** Makes the body of a request agree with its path. */
final class Incoming {
  private Incoming() {}

  /**
   * A copy of the body, ours to change: without nulls, with kind, in the path's namespace, and with
   * amounts in canonical form.
   *
   * @throws ApiException 400 when body and path contradict each other
   */
  static ObjectNode read(Target target, Document body) {
    ObjectNode tree = Trees.copy(body);
    ResourceType type = target.type();
    CanonicalForm.give(Schema.load().of(type), tree);
    QuantityFields.canonicalize(type, tree);
    agree("API version", type.apiVersion(), body.apiVersion());
    agree("kind", type.kind(), body.kind());
    tree.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    ObjectNode metadata = Trees.child(tree, "metadata");
    String namespace = metadata.path("namespace").asText("");
    if (!type.namespaced()) {
      metadata.remove("namespace");
    } else if (namespace.isEmpty()) {
      metadata.put("namespace", target.namespace());
    } else if (!namespace.equals(target.namespace())) {
      throw ApiException.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    return tree;
  }

  /** The same for a write to one named object. */
  static ObjectNode readNamed(Target target, Document body) {
    NamedBody.check(target, body);
    return read(target, body);
  }

  private static void agree(String what, String expected, String found) {
    if (!found.isEmpty() && !found.equals(expected)) {
      throw ApiException.badRequest(
          "the %s in the data (%s) does not match the expected %s (%s)"
              .formatted(what, found, what, expected));
    }
  }
}
