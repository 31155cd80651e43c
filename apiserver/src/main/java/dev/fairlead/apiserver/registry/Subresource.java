package dev.fairlead.apiserver.registry;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;

/** A second way to look at an object. Verbs that it lacks answer 405. */
interface Subresource {
  default Document get(Target target) {
    throw ApiException.methodNotAllowed();
  }

  default Document create(Target target, Document body, WriteOptions options) {
    throw ApiException.methodNotAllowed();
  }

  default Document update(Target target, Document body, WriteOptions options) {
    throw ApiException.methodNotAllowed();
  }

  default Document patch(Target target, Patch patch, WriteOptions options) {
    throw ApiException.methodNotAllowed();
  }
}
