package dev.fairlead.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.quantity.Quantity;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Amounts of named resources (API: {@code core/v1 ResourceList}). Immutable, in order of names.
 *
 * @param byName a resource that is missing was not given, which is not the same as none of it
 */
public record Amounts(SortedMap<String, Quantity> byName) {
  /** Nothing is given. */
  public static final Amounts NONE = new Amounts(new TreeMap<>());

  public Amounts {
    byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /** These amounts. */
  public static Amounts of(Map<String, Quantity> amounts) {
    return new Amounts(new TreeMap<>(amounts));
  }

  /**
   * Reads a {@code ResourceList}; a missing node is empty.
   *
   * @throws IllegalArgumentException when a value is no quantity
   */
  public static Amounts of(JsonNode list) {
    TreeMap<String, Quantity> amounts = new TreeMap<>();
    list.properties()
        .forEach(each -> amounts.put(each.getKey(), Quantity.parse(each.getValue().asText())));
    return new Amounts(amounts);
  }

  /** The amount of one resource; null when it is not given. */
  public @Nullable Quantity get(String name) {
    return byName.get(name);
  }

  /** The amount of one resource; zero when it is not given. */
  public Quantity getOrZero(String name) {
    return byName.getOrDefault(name, Quantity.ZERO);
  }

  public Set<String> names() {
    return byName.keySet();
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /** The sum of both; what only one of them gives is kept. */
  public Amounts plus(Amounts other) {
    return merge(other, Quantity::plus);
  }

  /** Of each resource the larger amount. */
  public Amounts max(Amounts other) {
    return merge(other, (left, right) -> left.compareTo(right) >= 0 ? left : right);
  }

  /** What is left of these after the others, never less than nothing. */
  public Amounts minusDownToZero(Amounts other) {
    TreeMap<String, Quantity> left = new TreeMap<>(byName);
    left.replaceAll((name, amount) -> {
      Quantity difference = amount.minus(other.getOrZero(name));
      return difference.sign() < 0 ? Quantity.ZERO : difference;
    });
    return new Amounts(left);
  }

  /** Those whose name is one of these. */
  public Amounts only(Set<String> names) {
    return filter(entry -> names.contains(entry.getKey()));
  }

  /** Those that are not zero. */
  public Amounts withoutZeros() {
    return filter(entry -> !entry.getValue().isZero());
  }

  /** The names of those that are more than the limit; what it does not name is not limited. */
  public Set<String> exceeding(Amounts limit) {
    Set<String> names = new TreeSet<>();
    byName.forEach((name, amount) -> {
      Quantity most = limit.get(name);
      if (most != null && amount.compareTo(most) > 0) {
        names.add(name);
      }
    });
    return names;
  }

  /** As a {@code ResourceList}. */
  public ObjectNode toTree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    byName.forEach((name, amount) -> tree.put(name, amount.toString()));
    return tree;
  }

  /** As messages list them: {@code pods=1,requests.cpu=500m}. */
  @Override
  public String toString() {
    return byName.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(","));
  }

  private Amounts merge(Amounts other, BinaryOperator<Quantity> how) {
    TreeMap<String, Quantity> all = new TreeMap<>(byName);
    other.byName.forEach((name, amount) -> all.merge(name, amount, how));
    return new Amounts(all);
  }

  private Amounts filter(Predicate<Map.Entry<String, Quantity>> kept) {
    TreeMap<String, Quantity> some = new TreeMap<>();
    byName.entrySet().stream()
        .filter(kept)
        .forEach(entry -> some.put(entry.getKey(), entry.getValue()));
    return new Amounts(some);
  }
}
