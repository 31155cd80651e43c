package dev.fairlead.api;

/** One event of a WATCH. For DELETED the object is its last state at the deletion's revision. */
public record WatchEvent(Type type, Document object) {

  /** What happened, seen through the watch's selectors. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED,
    /** Only {@code metadata.resourceVersion} of the object means anything. */
    BOOKMARK
  }
}
