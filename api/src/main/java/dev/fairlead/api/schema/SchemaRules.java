package dev.fairlead.api.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hand-written table of what the client's artifacts lack: upstream's {@code patchStrategy} and
 * {@code patchMergeKey} struct tags, {@code +listType}, {@code +listMapKey}, {@code +structType}
 * and {@code +default} markers, and which {@link Enumeration} a text is of.
 */
final class SchemaRules {
  private static final String RESOURCE = "schema-rules.txt";

  /** The field name that stands for the type itself. */
  static final String SELF = ".";

  private final Map<String, Map<String, Field.Rules>> rules;

  private SchemaRules(Map<String, Map<String, Field.Rules>> rules) {
    this.rules = rules;
  }

  static SchemaRules read() {
    Map<String, Map<String, Field.Rules>> rules = new HashMap<>();
    Map<String, Field.Rules> section = new HashMap<>();
    for (String line : TableLines.read(RESOURCE)) {
      if (line.startsWith("[")) {
        section = rules.computeIfAbsent(line.substring(1, line.length() - 1), x -> new HashMap<>());
        continue;
      }
      String[] words = line.split("\\s+");
      section.put(words[0], rules(List.of(words).subList(1, words.length)));
    }
    return new SchemaRules(rules);
  }

  Field.Rules of(String type, String field) {
    return rules.getOrDefault(type, Map.of()).getOrDefault(field, Field.Rules.NONE);
  }

  /** A rule about a field that does not exist is a mistake in the table. */
  void requireAllKnown(Map<String, TypeSchema> types) {
    rules.forEach((name, fields) -> {
      TypeSchema type = types.get(name);
      for (String field : fields.keySet()) {
        if (type == null || (!field.equals(SELF) && type.field(field) == null)) {
          throw new IllegalStateException(
              "a rule for a field that does not exist: %s %s".formatted(name, field));
        }
      }
    });
  }

  private static Field.Rules rules(List<String> words) {
    String strategy = "";
    String mergeKey = "";
    String listType = "";
    List<String> listMapKeys = new ArrayList<>();
    String mapType = "";
    @Nullable JsonNode defaultValue = null;
    Enumeration enumeration = Enumeration.NONE;
    for (String word : words) {
      String[] pair = word.split("=", 2);
      String value = pair.length == 2 ? pair[1] : "";
      switch (pair[0]) {
        case "patch" -> strategy = value;
        case "key" -> mergeKey = value;
        case "list" -> listType = value;
        case "keys" -> listMapKeys.addAll(List.of(value.split(",")));
        case "map" -> mapType = value;
        case "default" -> defaultValue = json(value);
        case "enum" -> enumeration = Enumeration.of(value);
        default -> throw new IllegalStateException("unknown word in the rules: " + word);
      }
    }
    return new Field.Rules(
        strategy, mergeKey, listType, listMapKeys, mapType, defaultValue, enumeration);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON in the rules: " + text, e);
    }
  }
}
