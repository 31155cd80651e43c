package dev.fairlead.api.protobuf;

import dev.fairlead.api.schema.Field;
import dev.fairlead.api.schema.FieldType;
import dev.fairlead.api.schema.TypeSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which zeros of a message are values and which are missing fields. Upstream's encoder writes every
 * field that is no pointer in Go, set or not, and its JSON leaves those out. The client's artifacts
 * do not tell pointers from values; the table {@code zeros.txt} does.
 */
final class ZeroRules {
  private static final String RESOURCE = "/dev/fairlead/api/protobuf/zeros.txt";

  private final Map<String, Set<String>> exceptions;

  private ZeroRules(Map<String, Set<String>> exceptions) {
    this.exceptions = exceptions;
  }

  static ZeroRules read() {
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
   * Whether an explicit zero is kept. The rule: numbers and booleans are, and so is whatever is
   * required; empty text is not. A zero that is kept without need is only shown.
   */
  boolean keeps(TypeSchema type, Field field) {
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
}
