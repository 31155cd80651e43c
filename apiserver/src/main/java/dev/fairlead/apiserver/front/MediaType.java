package dev.fairlead.apiserver.front;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A media type with its parameters, as in {@code application/json;as=Table;v=v1}.
 *
 * @param name {@code type/subtype} in lower case
 * @param parameters names in lower case
 */
public record MediaType(String name, Map<String, String> parameters) {

  static MediaType parse(String text) {
    String[] parts = text.split(";");
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0) {
        String value = parts[i].substring(equals + 1).strip();
        parameters.put(
            parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT),
            value.startsWith("\"") && value.endsWith("\"") && value.length() > 1
                ? value.substring(1, value.length() - 1)
                : value);
      }
    }
    return new MediaType(parts[0].strip().toLowerCase(Locale.ROOT), parameters);
  }

  /**
   * The alternatives of an Accept header, best first: by quality, then the more specific, then as
   * they stand. Those with a quality of zero are not acceptable (RFC 9110, section 12.4.2).
   */
  public static List<MediaType> accepted(List<String> headers) {
    List<MediaType> all = new ArrayList<>();
    for (String header : headers) {
      for (String part : header.split(",")) {
        if (!part.isBlank()) {
          all.add(parse(part));
        }
      }
    }
    if (all.isEmpty()) {
      return List.of(parse("*/*"));
    }
    all.removeIf(each -> each.quality() == 0);
    all.sort(
        Comparator.comparingDouble(MediaType::quality)
            .reversed()
            .thenComparingInt(MediaType::wildcards));
    return all;
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** Whether this, which may have wildcards, takes a media type. */
  boolean covers(String mediaType) {
    return name.equals(mediaType)
        || name.equals("*/*")
        || (name.endsWith("/*") && mediaType.regionMatches(0, name, 0, name.length() - 1));
  }

  /** Whether JSON is an answer to it. */
  public boolean isJson() {
    return name.equals("application/json") || name.equals("*/*") || name.equals("application/*");
  }

  private int wildcards() {
    return name.equals("*/*") ? 2 : name.endsWith("/*") ? 1 : 0;
  }

  /** {@code q}, from 0 to 1; one that cannot be read is 0. */
  double quality() {
    try {
      return Math.clamp(Double.parseDouble(parameters.getOrDefault("q", "1")), 0, 1);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
