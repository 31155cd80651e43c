package dev.fairlead.api;

/**
 * Options of create, update and patch.
 *
 * @param dryRun answer as if written, store nothing
 * @param fieldManager who writes, for {@code managedFields}; may be empty
 * @param force server-side apply only: take conflicting fields over
 * @param validation what becomes of unknown fields and of fields that stand twice
 */
public record WriteOptions(
    boolean dryRun, String fieldManager, boolean force, Validation validation) {

  /** {@code fieldValidation} (KEP-2885). */
  public enum Validation {
    IGNORE,
    WARN,
    STRICT
  }

  /** Options that warn of unknown fields, as is the default. */
  public WriteOptions(boolean dryRun, String fieldManager, boolean force) {
    this(dryRun, fieldManager, force, Validation.WARN);
  }

  /** A plain write. */
  public static final WriteOptions NONE = new WriteOptions(false, "", false);
}
