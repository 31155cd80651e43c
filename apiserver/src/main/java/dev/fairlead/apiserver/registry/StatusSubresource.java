package dev.fairlead.apiserver.registry;

import dev.fairlead.api.Document;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;

/** {@code status}: what is, written by controllers; what is wanted stays as it is. */
record StatusSubresource(TypeRegistry objects) implements Subresource {
  @Override
  public Document get(Target target) {
    return objects.get(target);
  }

  @Override
  public Document update(Target target, Document body, WriteOptions options) {
    return objects.update(target, body, Shape.STATUS, options);
  }

  @Override
  public Document patch(Target target, Patch patch, WriteOptions options) {
    return objects.patch(target, patch, Shape.STATUS, options);
  }
}
