package dev.fairlead.api.select;

import dev.fairlead.api.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  /**
   * A term whose key and values follow the rules for labels.
   *
   * @throws IllegalArgumentException with upstream's wording
   */
  static Requirement checked(String key, Operator operator, Set<String> values) {
    List<FieldError> errors = new ArrayList<>();
    List<String> keyErrors = LabelSyntax.keyErrors(key);
    if (!keyErrors.isEmpty()) {
      errors.add(FieldError.invalid("key", key, String.join("; ", keyErrors)));
    }
    List<String> sorted = List.copyOf(new TreeSet<>(values));
    boolean ordered = operator == Operator.GREATER_THAN || operator == Operator.LESS_THAN;
    for (int i = 0; i < sorted.size(); i++) {
      if (ordered && number(sorted.get(i)) == null) {
        errors.add(
            FieldError.invalid(
                "values[%d]".formatted(i),
                sorted.get(i),
                "for 'Gt', 'Lt' operators, the value must be an integer"));
      }
      List<String> valueErrors = LabelSyntax.valueErrors(sorted.get(i));
      if (!valueErrors.isEmpty()) {
        errors.add(
            FieldError.invalid(
                "values[%d][%s]".formatted(i, key), sorted.get(i), String.join("; ", valueErrors)));
      }
    }
    if (!errors.isEmpty()) {
      String all = errors.stream().map(FieldError::toString).collect(Collectors.joining(", "));
      throw new IllegalArgumentException(errors.size() == 1 ? all : "[" + all + "]");
    }
    return new Requirement(key, operator, values);
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

  /** What is no number is neither greater nor less. */
  private int compare(String value) {
    Long left = number(value);
    Long right = values.size() == 1 ? number(values.iterator().next()) : null;
    return left == null || right == null ? 0 : Long.compare(left, right);
  }

  private static @Nullable Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The query form, which parses to this term again. */
  @Override
  public String toString() {
    String list = String.join(",", new TreeSet<>(values));
    return switch (operator) {
      case IN -> values.size() == 1 ? key + "=" + list : key + " in (" + list + ")";
      case NOT_IN -> values.size() == 1 ? key + "!=" + list : key + " notin (" + list + ")";
      case EXISTS -> key;
      case NOT_EXISTS -> "!" + key;
      case GREATER_THAN -> key + ">" + list;
      case LESS_THAN -> key + "<" + list;
    };
  }
}
