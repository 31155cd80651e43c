package dev.fairlead.api.fieldset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Path elements as FieldsV1 writes them. */
final class PathElementText {
  /** The same few elements stand in the sets of all objects of a kind. */
  private static final int KNOWN_MAX = 8192;

  private static final Map<String, PathElement> KNOWN = new ConcurrentHashMap<>();

  private PathElementText() {}

  static String write(PathElement element) {
    return switch (element) {
      case PathElement.Name(String name) -> "f:" + name;
      case PathElement.Key(List<PathElement.KeyField> fields) -> {
        ObjectNode object = Json.object();
        fields.forEach(field -> object.set(field.name(), field.value()));
        yield "k:" + Json.text(object);
      }
      case PathElement.Value(JsonNode value) -> "v:" + Json.text(value);
      case PathElement.Index(int index) -> "i:" + index;
    };
  }

  /**
   * Reads one element; empty for a kind that only a later version knows.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  static Optional<PathElement> read(String text) {
    PathElement known = KNOWN.get(text);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<PathElement> read = parse(text);
    if (read.isPresent() && KNOWN.size() < KNOWN_MAX) {
      KNOWN.put(text, read.get());
    }
    return read;
  }

  private static Optional<PathElement> parse(String text) {
    if (text.length() < 2) {
      throw new IllegalArgumentException("key must be 2 characters long:");
    }
    if (text.charAt(1) != ':') {
      throw new IllegalArgumentException("missing colon: " + text);
    }
    String content = text.substring(2);
    return switch (text.charAt(0)) {
      case 'f' -> Optional.of(new PathElement.Name(content));
      case 'k' -> Optional.of(key(content));
      case 'v' -> Optional.of(new PathElement.Value(json(content)));
      case 'i' -> Optional.of(new PathElement.Index(Integer.parseInt(content)));
      default -> Optional.empty();
    };
  }

  private static PathElement key(String content) {
    if (!(json(content) instanceof ObjectNode object) || object.isEmpty()) {
      throw new IllegalArgumentException("not the keys of an item: " + content);
    }
    List<PathElement.KeyField> fields = new ArrayList<>(object.size());
    object
        .properties()
        .forEach(each -> fields.add(new PathElement.KeyField(each.getKey(), each.getValue())));
    fields.sort(null);
    return new PathElement.Key(fields);
  }

  private static JsonNode json(String content) {
    try {
      return Json.value(content.getBytes(StandardCharsets.UTF_8));
    } catch (ApiException e) {
      throw new IllegalArgumentException("not JSON: " + content, e);
    }
  }
}
