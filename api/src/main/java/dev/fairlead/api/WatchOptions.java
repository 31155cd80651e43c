package dev.fairlead.api;

/**
 * Options of WATCH (API: {@code meta/v1 ListOptions}). Empty strings mean not given.
 *
 * @param resourceVersion watch from after this revision; empty or {@code 0} starts with synthetic
 *     ADDED events of what exists
 * @param bookmarks whether BOOKMARK events may be sent
 * @param sendInitialEvents begin with what exists, then a bookmark annotated {@code
 *     k8s.io/initial-events-end}
 * @param timeoutSeconds the server ends the watch after this long; 0 means its own choice
 */
public record WatchOptions(
    String labelSelector,
    String fieldSelector,
    String resourceVersion,
    boolean bookmarks,
    boolean sendInitialEvents,
    long timeoutSeconds) {

  /** Everything after {@code resourceVersion}, with bookmarks. */
  public static WatchOptions from(String resourceVersion) {
    return new WatchOptions("", "", resourceVersion, true, false, 0);
  }
}
