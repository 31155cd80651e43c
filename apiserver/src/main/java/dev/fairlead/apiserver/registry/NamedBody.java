package dev.fairlead.apiserver.registry;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Target;

/** Whether a body means the object that its path names. */
public final class NamedBody {
  private NamedBody() {}

  /**
   * Checks the namespace, then the name of a write to one named object. The name must be there.
   *
   * @throws ApiException 400 when they contradict the path
   */
  public static void check(Target target, Document body) {
    checkNamespace(target, body);
    String name = body.name();
    if (name.isEmpty()) {
      throw ApiException.badRequest(
          "the name of the object (%s based on URL) was undeterminable: name must be provided"
              .formatted(target.name()));
    }
    if (!name.equals(target.name())) {
      throw ApiException.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(name, target.name()));
    }
  }

  /**
   * Checks the namespace. It may be missing, and says nothing about what lives in none.
   *
   * @throws ApiException 400
   */
  public static void checkNamespace(Target target, Document body) {
    String namespace = body.namespace();
    if (!namespace.isEmpty()
        && !target.namespace().isEmpty()
        && !namespace.equals(target.namespace())) {
      throw ApiException.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }
}
