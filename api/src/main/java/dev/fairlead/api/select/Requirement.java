package dev.fairlead.api.select;

import java.util.Map;
import java.util.Set;

/**
 * One term of a label selector.
 *
 * @param values empty for {@link Operator#EXISTS} and {@link Operator#NOT_EXISTS}
 */
public record Requirement(String key, Operator operator, Set<String> values) {

  /** How a term compares. */
  public enum Operator {
    IN,
    /** Also true when the label is missing. */
    NOT_IN,
    EXISTS,
    NOT_EXISTS,
    GREATER_THAN,
    LESS_THAN
  }

  public Requirement {
    values = Set.copyOf(values);
  }

  boolean matches(Map<String, String> labels) {
    String value = labels.get(key);
    return switch (operator) {
      case IN -> value != null && values.contains(value);
      case NOT_IN -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case NOT_EXISTS -> value == null;
      case GREATER_THAN -> value != null && compare(value) > 0;
      case LESS_THAN -> value != null && compare(value) < 0;
    };
  }

  private int compare(String value) {
    try {
      return Long.compare(Long.parseLong(value), Long.parseLong(values.iterator().next()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
