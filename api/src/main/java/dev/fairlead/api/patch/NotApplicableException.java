package dev.fairlead.api.patch;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.Json;

/** A patch that does not apply to the object at hand. */
final class NotApplicableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotApplicableException(String message) {
    super(message, null, false, false);
  }

  /** 422; upstream does not tell its client what did not apply. */
  static ApiException refusal() {
    return new ApiException(
        422,
        "Invalid",
        "the server rejected our request due to an error in our request",
        Json.object());
  }
}
