package dev.fairlead.api.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One of upstream's text types of which all values are known ({@code +enum}, KEP-2887). They are
 * one hand-written table, {@code schema-enums.txt}: OpenAPI publishes what validation checks.
 *
 * @param type as upstream's Go code calls it, for example {@code ServiceType}; empty for none
 * @param values in the order in which validation lists them
 */
public record Enumeration(String type, List<String> values) {
  /** Of texts that may be anything. */
  public static final Enumeration NONE = new Enumeration("", List.of());

  private static final String RESOURCE = "schema-enums.txt";

  /** The table writes the empty text so. */
  private static final String EMPTY = "\"\"";

  public Enumeration {
    values = List.copyOf(values);
  }

  /**
   * The type of this name.
   *
   * @throws IllegalArgumentException when the table has none
   */
  public static Enumeration of(String type) {
    Enumeration found = Loaded.ALL.get(type);
    if (found == null) {
      throw new IllegalArgumentException("no type %s in %s".formatted(type, RESOURCE));
    }
    return found;
  }

  /** The values of the type of this name, in the order in which validation lists them. */
  public static List<String> valuesOf(String type) {
    return of(type).values();
  }

  /** The names of all types. */
  static Iterable<String> types() {
    return Loaded.ALL.keySet();
  }

  private static Map<String, Enumeration> read() {
    Map<String, Enumeration> all = new HashMap<>();
    for (String line : TableLines.read(RESOURCE)) {
      List<String> words = new ArrayList<>(List.of(line.split("\\s+")));
      words.replaceAll(word -> word.equals(EMPTY) ? "" : word);
      String type = words.removeFirst();
      if (all.put(type, new Enumeration(type, words)) != null) {
        throw new IllegalStateException("twice in %s: %s".formatted(RESOURCE, type));
      }
    }
    return Map.copyOf(all);
  }

  private static final class Loaded {
    static final Map<String, Enumeration> ALL = read();
  }
}
