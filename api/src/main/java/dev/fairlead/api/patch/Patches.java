package dev.fairlead.api.patch;

import dev.fairlead.api.Document;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;

/** Applies patches to documents. */
public final class Patches {
  private Patches() {}

  /**
   * Applies a patch; the original is not changed.
   *
   * @throws dev.fairlead.api.ApiException 400, 415 or 422 with upstream's wording
   */
  public static Document apply(ResourceType type, Document original, Patch patch) {
    throw new UnsupportedOperationException("not yet");
  }
}
