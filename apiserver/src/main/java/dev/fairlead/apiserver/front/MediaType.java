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

  /** The alternatives of an Accept header, best first; equals keep their order. */
  public static List<MediaType> accepted(List<String> headers) {
    List<MediaType> all = new ArrayList<>();
    for (String header : headers) {
      for (String part : header.split(",")) {
        if (!part.isBlank()) {
          all.add(parse(part));
        }
      }
    }
    all.sort(Comparator.comparingDouble(MediaType::quality).reversed());
    return all.isEmpty() ? List.of(parse("*/*")) : all;
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** Whether JSON is an answer to it. */
  public boolean isJson() {
    return name.equals("application/json") || name.equals("*/*") || name.equals("application/*");
  }

  boolean isYaml() {
    return name.equals("application/yaml");
  }

  private double quality() {
    try {
      return Double.parseDouble(parameters.getOrDefault("q", "1"));
    } catch (NumberFormatException e) {
      return 0; // An alternative that cannot be read comes last.
    }
  }
}
