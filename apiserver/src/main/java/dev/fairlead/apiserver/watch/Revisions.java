package dev.fairlead.apiserver.watch;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.Json;

/** Resource versions as they stand in requests. */
public final class Revisions {
  private Revisions() {}

  /**
   * A decimal revision; 0 for empty text.
   *
   * @throws ApiException 400 when it is no number
   */
  public static long parse(String resourceVersion) {
    if (resourceVersion.isEmpty()) {
      return 0;
    }
    try {
      long revision = Long.parseUnsignedLong(resourceVersion);
      return revision < 0 ? Long.MAX_VALUE : revision; // Neither will be reached.
    } catch (NumberFormatException e) {
      throw ApiException.badRequest(
          "resourceVersion: Invalid value: \"%s\": strconv.ParseUint: parsing \"%s\": invalid syntax"
              .formatted(resourceVersion, resourceVersion));
    }
  }

  /**
   * Refuses a revision that was not reached in time.
   *
   * @throws ApiException 504 with cause ResourceVersionTooLarge
   */
  public static void requireReached(boolean reached, long wanted, long current) {
    if (reached) {
      return;
    }
    var details = Json.object();
    details
        .putArray("causes")
        .addObject()
        .put("reason", "ResourceVersionTooLarge")
        .put("message", "Too large resource version");
    details.put("retryAfterSeconds", 1);
    throw new ApiException(
        504,
        "Timeout",
        "Timeout: Too large resource version: %d, current: %d".formatted(wanted, current),
        details);
  }
}
