package dev.fairlead.apiserver.registry;

import dev.fairlead.api.Document;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;

/** The whole object to read, and a part of it to write: {@code status} and its like. */
record PartSubresource(TypeRegistry objects, Shape part) implements Subresource {
  @Override
  public Document get(Target target) {
    return objects.get(target);
  }

  @Override
  public Document update(Target target, Document body, WriteOptions options) {
    return objects.update(target, body, part, options);
  }

  @Override
  public Document patch(Target target, Patch patch, WriteOptions options) {
    return objects.patch(target, patch, part, options);
  }
}
