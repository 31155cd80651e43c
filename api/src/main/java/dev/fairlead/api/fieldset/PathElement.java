package dev.fairlead.api.fieldset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One step from a value to a part of it. Its {@code toString} is the form that messages use ({@code
 * .spec}, {@code [name="x"]}); its {@link #text()} the one in FieldsV1 ({@code f:spec}, {@code
 * k:{"name":"x"}}).
 *
 * <p>The order is upstream's: fields, keyed items, values, positions; each by its content.
 */
public sealed interface PathElement extends Comparable<PathElement> {

  /** A field of an object, or a key of a map. */
  record Name(String name) implements PathElement {
    @Override
    public String toString() {
      return "." + name;
    }
  }

  /**
   * The item of a list of type {@code map} that has these key fields.
   *
   * @param fields at least one, sorted by name
   */
  record Key(List<KeyField> fields) implements PathElement {
    public Key {
      fields = List.copyOf(fields);
    }

    @Override
    public String toString() {
      return fields.stream()
          .map(field -> field.name() + "=" + field.value())
          .collect(Collectors.joining(",", "[", "]"));
    }
  }

  /** One key field of an item. */
  record KeyField(String name, JsonNode value) implements Comparable<KeyField> {
    public KeyField {
      value = Scalars.canonical(value);
    }

    @Override
    public int compareTo(KeyField other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : Scalars.compare(value, other.value);
    }
  }

  /** The item of a list of type {@code set} that is this value. */
  record Value(JsonNode value) implements PathElement {
    public Value {
      value = Scalars.canonical(value);
    }

    @Override
    public String toString() {
      return "[=" + value + "]";
    }
  }

  /** The item at a position; only old or foreign sets have it. */
  record Index(int index) implements PathElement {
    @Override
    public String toString() {
      return "[" + index + "]";
    }
  }

  /** This element as FieldsV1 writes it. */
  default String text() {
    return PathElementText.write(this);
  }

  @Override
  default int compareTo(PathElement other) {
    if (this instanceof Name(String name) && other instanceof Name(String otherName)) {
      return name.compareTo(otherName);
    }
    int byRank = Integer.compare(rank(this), rank(other));
    if (byRank != 0) {
      return byRank;
    }
    return switch (this) {
      case Name name -> 0; // Both are names: compared above.
      case Key(List<KeyField> fields) -> compare(fields, ((Key) other).fields());
      case Value(JsonNode value) -> Scalars.compare(value, ((Value) other).value());
      case Index(int index) -> Integer.compare(index, ((Index) other).index());
    };
  }

  private static int rank(PathElement element) {
    return switch (element) {
      case Name name -> 0;
      case Key key -> 1;
      case Value value -> 2;
      case Index index -> 3;
    };
  }

  private static int compare(List<KeyField> left, List<KeyField> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = Comparator.<KeyField>naturalOrder().compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }
}
