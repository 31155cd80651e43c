package dev.fairlead.api.select;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A predicate over labels, from a query ({@code app=alpaca,tier in (a, b),!canary}), from a {@code
 * LabelSelector} object, or from the plain map of {@code Service.spec.selector}.
 *
 * <p>Source: Kubernetes concepts, "Labels and Selectors"; API {@code meta/v1 LabelSelector}.
 *
 * @param requirements all must hold
 * @param nothing selects nothing at all, whatever the requirements
 */
public record LabelSelector(List<Requirement> requirements, boolean nothing) {
  /** Selects everything. */
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of(), false);

  /** Selects nothing. */
  public static final LabelSelector NOTHING = new LabelSelector(List.of(), true);

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /**
   * Parses the query form. Empty selects everything.
   *
   * @throws dev.fairlead.api.ApiException 400 with upstream's wording
   */
  public static LabelSelector parse(String query) {
    return LabelQueryParser.parse(query);
  }

  /** All labels of the map must be present and equal. An empty map selects everything. */
  public static LabelSelector ofMap(Map<String, String> labels) {
    List<Requirement> requirements = new ArrayList<>(labels.size());
    labels.forEach((key, value) ->
        requirements.add(new Requirement(key, Requirement.Operator.IN, Set.of(value))));
    return new LabelSelector(requirements, false);
  }

  /**
   * Reads {@code matchLabels} and {@code matchExpressions}. A missing or null node selects nothing;
   * an empty object selects everything. A selector that validation would refuse (an operator that
   * there is not, a value list where there must be none) selects nothing.
   */
  public static LabelSelector ofTree(JsonNode selector) {
    if (!selector.isObject()) {
      return NOTHING;
    }
    List<Requirement> requirements = new ArrayList<>();
    selector
        .path("matchLabels")
        .properties()
        .forEach(entry ->
            requirements.add(
                new Requirement(
                    entry.getKey(), Requirement.Operator.IN, Set.of(entry.getValue().asText()))));
    for (JsonNode each : selector.path("matchExpressions")) {
      Requirement requirement = expression(each);
      if (requirement == null) {
        return NOTHING;
      }
      requirements.add(requirement);
    }
    return new LabelSelector(requirements, false);
  }

  /** Whether these labels are selected. */
  public boolean matches(Map<String, String> labels) {
    for (Requirement each : requirements) { // Asked for each event and watcher.
      if (!each.matches(labels)) {
        return false;
      }
    }
    return !nothing;
  }

  /** The query form, which parses to this selector again; the one that selects nothing has none. */
  @Override
  public String toString() {
    return nothing
        ? "<nothing>"
        : requirements.stream()
            .sorted(Comparator.comparing(Requirement::key))
            .map(Requirement::toString)
            .collect(Collectors.joining(","));
  }

  /** Null for one that is not valid. */
  private static @Nullable Requirement expression(JsonNode node) {
    Set<String> values = new TreeSet<>();
    node.path("values").forEach(value -> values.add(value.asText()));
    Requirement.@Nullable Operator operator =
        switch (node.path("operator").asText()) {
          case "In" -> Requirement.Operator.IN;
          case "NotIn" -> Requirement.Operator.NOT_IN;
          case "Exists" -> Requirement.Operator.EXISTS;
          case "DoesNotExist" -> Requirement.Operator.NOT_EXISTS;
          default -> null;
        };
    boolean compares =
        operator == Requirement.Operator.IN || operator == Requirement.Operator.NOT_IN;
    return operator == null || compares == values.isEmpty()
        ? null
        : new Requirement(node.path("key").asText(), operator, values);
  }
}
