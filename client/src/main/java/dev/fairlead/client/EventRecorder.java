package dev.fairlead.client;

import dev.fairlead.api.Document;

/**
 * Tells people what happened to an object, as core/v1 Events that {@code kubectl describe} shows.
 * Recording never blocks and never fails; an event that cannot be written is dropped.
 */
public interface EventRecorder {
  /** Records nothing. */
  EventRecorder NONE = (involved, fieldPath, severity, reason, message) -> {};

  /** How bad it is: the {@code type} of an Event. */
  enum Severity {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String type;

    Severity(String type) {
      this.type = type;
    }

    /** As it stands in an Event's {@code type}. */
    public String type() {
      return type;
    }
  }

  /**
   * Records that something happened to an object.
   *
   * @param fieldPath the part concerned, for example {@code spec.containers{kuard}}; empty for all
   * @param reason one word in upper camel case, as upstream
   */
  void record(
      Document involved, String fieldPath, Severity severity, String reason, String message);

  /** Records a normal event. */
  default void normal(Document involved, String reason, String message) {
    record(involved, "", Severity.NORMAL, reason, message);
  }

  /** Records a warning. */
  default void warning(Document involved, String reason, String message) {
    record(involved, "", Severity.WARNING, reason, message);
  }

  /** The same recorder, speaking for this component, for example {@code replicaset-controller}. */
  default EventRecorder as(String component) {
    return this;
  }
}
