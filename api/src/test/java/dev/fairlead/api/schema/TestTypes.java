package dev.fairlead.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A schema of types made up for a test. One field a line:
 *
 * <pre>
 * Root.count number
 * Root.names set string
 * Root.items map(name) Item
 * Root.words atomic string
 * Root.labels {string}
 * Root.one Item
 * Root.whole whole Item
 * Item.name string = "x"
 * </pre>
 *
 * A list is a {@code set}, a {@code map} with keys, or {@code atomic}; {@code whole} is a struct
 * that is replaced as a whole; after {@code =} stands a default.
 */
public final class TestTypes {
  private static final Pattern LINE =
      Pattern.compile(
          "(?<type>\\w+)\\.(?<name>\\w+) (?:(?<list>set|map|atomic|whole)(?:\\((?<keys>[\\w,]+)\\))? )?"
              + "(?<value>[\\w{}]+)(?: = (?<default>.+))?");

  private TestTypes() {}

  /** The schema of these lines. */
  public static Schema schema(String lines) {
    Map<String, Map<String, Field>> fields = new TreeMap<>();
    for (String line : lines.strip().split("\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("not a field: " + line);
      }
      Field field = field(matcher);
      fields
          .computeIfAbsent(matcher.group("type"), type -> new TreeMap<>())
          .put(field.name(), field);
    }
    Map<String, TypeSchema> types = new TreeMap<>();
    fields.forEach((name, each) -> types.put(name, new TypeSchema(name, "", "", each)));
    return new Schema(types, Map.of());
  }

  private static Field field(Matcher line) {
    String list = line.group("list");
    FieldType value = type(line.group("value"));
    boolean whole = "whole".equals(list);
    boolean isList = list != null && !whole;
    Field.Rules rules =
        new Field.Rules(
            "",
            "",
            isList ? list : "",
            line.group("keys") == null ? List.of() : List.of(line.group("keys").split(",", -1)),
            whole ? "atomic" : "",
            json(line.group("default")),
            Enumeration.NONE);
    FieldType type = isList ? new FieldType.Array(value) : value;
    return new Field(line.group("name"), type, "", false, List.of(), rules);
  }

  private static FieldType type(String text) {
    if (text.startsWith("{")) {
      return new FieldType.Dictionary(type(text.substring(1, text.length() - 1)));
    }
    return switch (text) {
      case "string" -> FieldType.Scalar.STRING;
      case "number" -> FieldType.Scalar.NUMBER;
      case "boolean" -> FieldType.Scalar.BOOLEAN;
      case "any" -> FieldType.Scalar.ANY;
      default -> new FieldType.Reference(text);
    };
  }

  private static @Nullable JsonNode json(@Nullable String text) {
    return text == null ? null : Json.value(text.getBytes(StandardCharsets.UTF_8));
  }
}
