package dev.fairlead.apiserver.registry;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.ResourceType;

/** Whether a write means the very object that is stored, and not another of its name. */
final class UidPrecondition {
  private UidPrecondition() {}

  /**
   * Compares the uid that a write names, if it names one.
   *
   * @param uid may be empty
   * @throws ApiException 409, with the words of upstream's storage
   */
  static void check(ResourceType type, Document stored, String uid) {
    if (uid.isEmpty() || uid.equals(stored.meta().uid())) {
      return;
    }
    throw ApiException.conflict(
        type,
        stored.name(),
        "StorageError: invalid object, Code: 4, Key: %s, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: %s, UID in object meta: %s"
            .formatted(type.storageKey(stored.key()), uid, stored.meta().uid()));
  }
}
