package dev.fairlead.apiserver.front;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.logs.LogOptions;
import dev.fairlead.http.HttpRequest;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the options of a request for logs ({@code v1 PodLogOptions}) from its query. */
final class LogQueries {
  private static final List<String> FLAGS = List.of("follow", "previous", "timestamps");
  private static final String SINCE_TIME = "sinceTime";

  private final HttpRequest request;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final List<FieldError> errors = new ArrayList<>();

  private LogQueries(HttpRequest request) {
    this.request = request;
  }

  /**
   * The options.
   *
   * @param pod whose logs are asked for
   * @throws ApiException 400 when a value is of the wrong type, 422 when one is out of its bounds
   *     or some do not go together
   */
  static LogOptions read(HttpRequest request, String pod) {
    return new LogQueries(request).read(pod);
  }

  private LogOptions read(String pod) {
    for (String flag : FLAGS) {
      if (request.flag(flag)) {
        parameters.put(flag, "true");
      }
    }
    Long tailLines = number("tailLines");
    Long limitBytes = number("limitBytes");
    Long sinceSeconds = number("sinceSeconds");
    boolean sinceTime = time();
    atLeast("tailLines", tailLines, 0, "must be greater than or equal to 0");
    atLeast("limitBytes", limitBytes, 1, "must be greater than 0");
    if (sinceSeconds != null && sinceTime) {
      errors.add(
          FieldError.forbidden(
              "", "at most one of `sinceTime` or `sinceSeconds` may be specified"));
    } else {
      atLeast("sinceSeconds", sinceSeconds, 1, "must be greater than 0");
    }
    if (!Queries.text(request, "stream").isEmpty()) {
      errors.add(FieldError.forbidden("stream", "may not be specified"));
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid("", "PodLogOptions", pod, errors);
    }
    return new LogOptions(request.parameter("container"), parameters);
  }

  private @Nullable Long number(String name) {
    if (Queries.text(request, name).isEmpty()) {
      return null;
    }
    long value = Queries.number(request, name, 0);
    parameters.put(name, Long.toString(value));
    return value;
  }

  /** Whether a time is given. */
  private boolean time() {
    String value = Queries.text(request, SINCE_TIME);
    if (value.isEmpty() || value.equals("null")) { // Older clients say null for none.
      return false;
    }
    try {
      parameters.put(SINCE_TIME, OffsetDateTime.parse(value).format(ISO_OFFSET_DATE_TIME));
      return true;
    } catch (DateTimeParseException e) {
      throw ApiException.badRequest(
          "parsing time \"%s\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"%s\""
              .formatted(value, value.substring(Math.min(e.getErrorIndex(), value.length()))));
    }
  }

  private void atLeast(String name, @Nullable Long value, long least, String otherwise) {
    if (value != null && value < least) {
      errors.add(FieldError.invalid(name, value, otherwise));
    }
  }
}
