package dev.fairlead.api.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings strict decoding errors of JSON into the order in which a decoder that goes through the
 * bytes once meets them: an unknown field where it first stands, a duplicate where it stands again.
 */
public final class KeyOrder {
  private final JsonParser parser;
  private final Set<String> left;
  private final List<String> ordered = new ArrayList<>();
  private final Map<String, Integer> seen = new HashMap<>();

  private KeyOrder(JsonParser parser, List<String> errors) {
    this.parser = parser;
    this.left = new LinkedHashSet<>(errors);
  }

  /**
   * The same errors, sorted.
   *
   * @param json bytes that were read already
   * @param errors such as {@code unknown field "spec.a"} and {@code duplicate field "spec.b[0].c"}
   */
  public static List<String> sort(byte[] json, List<String> errors) {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      KeyOrder order = new KeyOrder(parser, errors);
      parser.nextToken();
      order.value("");
      order.ordered.addAll(order.left);
      return order.ordered;
    } catch (IOException e) {
      throw new IllegalArgumentException("the bytes were read once already", e);
    }
  }

  private void value(String path) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT && !left.isEmpty()) {
        String name = parser.currentName();
        String inner = path.isEmpty() ? name : path + "." + name;
        meet(inner);
        parser.nextToken();
        value(inner);
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY && !left.isEmpty(); i++) {
        value(path + "[" + i + "]");
      }
    }
  }

  private void meet(String path) {
    String unknown = "unknown field \"" + path + "\"";
    String duplicate = "duplicate field \"" + path + "\"";
    if (left.remove(unknown)) {
      ordered.add(unknown);
    }
    if (left.contains(duplicate) && seen.merge(path, 1, Integer::sum) > 1) {
      left.remove(duplicate);
      ordered.add(duplicate);
    }
  }
}
