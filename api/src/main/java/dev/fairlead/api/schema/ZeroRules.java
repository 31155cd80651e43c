package dev.fairlead.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which zeros and empty collections are values and which are missing fields. In Go a field that is
 * no pointer always has a value, and its JSON leaves the zero out ({@code omitempty}). The client's
 * artifacts do not tell pointers from values; the table {@code zeros.txt} does.
 */
public final class ZeroRules {
  private static final ZeroRules LOADED = read();
  private static final String RESOURCE = "/dev/fairlead/api/schema/zeros.txt";

  private final Map<String, Set<String>> exceptions;

  private ZeroRules(Map<String, Set<String>> exceptions) {
    this.exceptions = exceptions;
  }

  /** The rules of upstream's types. */
  public static ZeroRules load() {
    return LOADED;
  }

  private static ZeroRules read() {
    Map<String, Set<String>> exceptions = new HashMap<>();
    try (InputStream in = ZeroRules.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the table is missing: " + RESOURCE);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] words = line.strip().split("\\s+", 2);
          exceptions.put(words[0], Set.of(words[1].split("\\s+")));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the table is broken: " + RESOURCE, e);
    }
    return new ZeroRules(exceptions);
  }

  /** By canonical name of a type, the fields in which it departs from the rule. */
  Map<String, Set<String>> exceptions() {
    return exceptions;
  }

  /**
   * Whether a zero, or an empty list or map, is kept. The rule: numbers and booleans are, and so is
   * whatever is required; empty text and empty collections are not.
   */
  public boolean keeps(TypeSchema type, Field field) {
    boolean number =
        switch (field.type()) {
          case FieldType.Scalar scalar ->
              switch (scalar) {
                case INT32, INT64, NUMBER, BOOLEAN -> true;
                default -> false;
              };
          default -> false;
        };
    boolean exception = exceptions.getOrDefault(type.name(), Set.of()).contains(field.name());
    return field.required() || (number != exception);
  }

  /** Whether this value of a field, which is no null, is the same as none. */
  public boolean isNone(TypeSchema type, Field field, JsonNode value) {
    boolean zero =
        switch (field.type()) {
          case FieldType.Scalar scalar -> isZero(scalar, value);
          case FieldType.Array _, FieldType.Dictionary _ -> value.isEmpty();
          case FieldType.Reference _ -> false;
        };
    return zero && !keeps(type, field);
  }

  /** Whether a value is the zero of its type. */
  public static boolean isZero(FieldType.Scalar type, JsonNode value) {
    return switch (type) {
      case STRING, BYTES -> value.asText().isEmpty();
      case INT32, INT64, NUMBER -> value.asDouble() == 0;
      case BOOLEAN -> !value.asBoolean();
      case DATE_TIME, MICRO_TIME, INT_OR_STRING, QUANTITY, ANY, FIELDS_V1 -> false;
    };
  }

  /** What a null in a list or map, or an entry of one without a value, decodes to. */
  public static JsonNode zero(FieldType type) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (type) {
      case FieldType.Reference(String name) -> nodes.objectNode();
      case FieldType.Array array -> nodes.arrayNode();
      case FieldType.Dictionary dictionary -> nodes.objectNode();
      case FieldType.Scalar scalar ->
          switch (scalar) {
            case INT32, INT64, NUMBER, INT_OR_STRING -> nodes.numberNode(0);
            case BOOLEAN -> nodes.booleanNode(false);
            case QUANTITY -> nodes.textNode("0");
            case STRING, BYTES, DATE_TIME, MICRO_TIME -> nodes.textNode("");
            case ANY, FIELDS_V1 -> nodes.nullNode();
          };
    };
  }
}
