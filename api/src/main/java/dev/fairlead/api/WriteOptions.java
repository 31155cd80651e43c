package dev.fairlead.api;

/**
 * Options of create, update and patch.
 *
 * @param dryRun answer as if written, store nothing
 * @param fieldManager who writes, for {@code managedFields}; may be empty
 * @param force server-side apply only: take conflicting fields over
 */
public record WriteOptions(boolean dryRun, String fieldManager, boolean force) {

  /** A plain write. */
  public static final WriteOptions NONE = new WriteOptions(false, "", false);
}
