package dev.fairlead.api;

import org.jspecify.annotations.Nullable;

/**
 * Options of DELETE (API: {@code meta/v1 DeleteOptions}).
 *
 * @param gracePeriodSeconds null for the object's own
 * @param propagation null for the type's default
 * @param uid precondition; empty for none
 * @param resourceVersion precondition; empty for none
 */
public record DeleteOptions(
    @Nullable Long gracePeriodSeconds,
    @Nullable Propagation propagation,
    String uid,
    String resourceVersion,
    boolean dryRun) {

  /** What becomes of the objects that the deleted one owns. */
  public enum Propagation {
    ORPHAN,
    BACKGROUND,
    FOREGROUND
  }

  /** No precondition, everything by default. */
  public static final DeleteOptions NONE = new DeleteOptions(null, null, "", "", false);

  /** At once, without grace. */
  public static DeleteOptions now() {
    return new DeleteOptions(0L, null, "", "", false);
  }

  /** Only if the object is still the one with this UID. */
  public static DeleteOptions ofUid(String uid) {
    return new DeleteOptions(null, null, uid, "", false);
  }
}
