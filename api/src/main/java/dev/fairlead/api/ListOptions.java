package dev.fairlead.api;

/**
 * Options of LIST (API: {@code meta/v1 ListOptions}). Strings are as they stand in the query; empty
 * means not given.
 *
 * @param resourceVersionMatch {@code Exact}, {@code NotOlderThan} or empty
 * @param limit at most this many items; 0 means all
 * @param continueToken from the listing before
 */
public record ListOptions(
    String labelSelector,
    String fieldSelector,
    String resourceVersion,
    String resourceVersionMatch,
    int limit,
    String continueToken) {

  /** Everything, at the newest revision. */
  public static final ListOptions ALL = new ListOptions("", "", "", "", 0, "");

  /** Everything that the label selector selects. */
  public static ListOptions labels(String labelSelector) {
    return new ListOptions(labelSelector, "", "", "", 0, "");
  }

  /** Everything that the field selector selects. */
  public static ListOptions fields(String fieldSelector) {
    return new ListOptions("", fieldSelector, "", "", 0, "");
  }
}
