package dev.fairlead.api.patch;

/** A JSON patch operation that does not apply to the object at hand. */
final class NotApplicableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotApplicableException(String message) {
    super(message, null, false, false);
  }
}
