package dev.fairlead.api;

import org.jspecify.annotations.Nullable;

/**
 * Options of WATCH (API: {@code meta/v1 ListOptions}). Empty strings mean not given.
 *
 * @param resourceVersion watch from after this revision; empty or {@code 0} starts with synthetic
 *     ADDED events of what exists
 * @param bookmarks whether BOOKMARK events may be sent
 * @param sendInitialEvents true: begin with what exists, then a bookmark annotated {@code
 *     k8s.io/initial-events-end} (KEP-3157); false: begin with changes, whatever the resource
 *     version; null: as the resource version says
 * @param timeoutSeconds the server ends the watch after this long; 0 means its own choice
 */
public record WatchOptions(
    String labelSelector,
    String fieldSelector,
    String resourceVersion,
    boolean bookmarks,
    @Nullable Boolean sendInitialEvents,
    long timeoutSeconds) {

  /** Everything after {@code resourceVersion}, with bookmarks. */
  public static WatchOptions from(String resourceVersion) {
    return new WatchOptions("", "", resourceVersion, true, null, 0);
  }

  /** Whether the watch begins with what exists and says where that ends. */
  public boolean watchList() {
    return Boolean.TRUE.equals(sendInitialEvents);
  }
}
