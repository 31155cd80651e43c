package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills into a new object what only other objects tell. Runs before it is validated. */
@FunctionalInterface
interface Completion {
  /** Nothing. */
  Completion NONE = object -> {};

  /**
   * Completes an object, which is the method's to change.
   *
   * @throws dev.fairlead.api.ApiException when the others leave no answer
   */
  void complete(ObjectNode object);
}
