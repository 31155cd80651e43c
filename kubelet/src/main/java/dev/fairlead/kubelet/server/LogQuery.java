package dev.fairlead.kubelet.server;

import dev.fairlead.http.HttpRequest;
import dev.fairlead.kubelet.log.LogOptions;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the query of a request for logs. */
final class LogQuery {
  private LogQuery() {}

  /**
   * The options.
   *
   * @throws IllegalArgumentException naming the parameter that cannot be read
   */
  static LogOptions read(HttpRequest request, Instant now) {
    Long seconds = number(request, "sinceSeconds");
    Instant since = seconds == null ? time(request) : now.minusSeconds(seconds);
    return new LogOptions(
        request.flag("follow"),
        request.flag("timestamps"),
        number(request, "tailLines"),
        since,
        number(request, "limitBytes"));
  }

  private static @Nullable Long number(HttpRequest request, String name) {
    String value = request.parameter(name);
    if (value == null || value.isEmpty()) {
      return null;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": not a number: " + value, e);
    }
    throw new IllegalArgumentException(name + ": must not be negative: " + value);
  }

  private static @Nullable Instant time(HttpRequest request) {
    String value = request.parameter("sinceTime");
    if (value == null || value.isEmpty()) {
      return null;
    }
    try {
      return java.time.OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("sinceTime: not an RFC 3339 time: " + value, e);
    }
  }
}
