package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairlead.api.fieldset.FieldSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who manages which fields of an object ({@code metadata.managedFields}). Immutable.
 *
 * @param entries each manager at most once
 */
public record ManagedFields(List<ManagedEntry> entries) {
  /** Nobody manages anything. */
  public static final ManagedFields EMPTY = new ManagedFields(List.of());

  private static final Comparator<ManagedEntry> ORDER =
      Comparator.<ManagedEntry, String>comparing(entry -> entry.manager().operation().text())
          .thenComparingLong(ManagedEntry::seconds)
          .thenComparing(ManagedEntry::manager);

  public ManagedFields {
    entries = List.copyOf(entries);
  }

  /**
   * Reads {@code metadata.managedFields}; a missing node is an empty list.
   *
   * @return empty when the node is malformed, so that nothing of it can be used
   */
  public static Optional<ManagedFields> read(JsonNode node) {
    ManagedFields result = EMPTY;
    try {
      for (JsonNode each : node) {
        result = result.put(ManagedEntry.read(each));
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(result);
  }

  /**
   * Whether a request's list asks to forget all managers: it is empty, or one empty entry.
   *
   * @param node null when the request has none
   */
  public static boolean isReset(@Nullable JsonNode node) {
    return node instanceof ArrayNode list
        && (list.isEmpty() || (list.size() == 1 && list.get(0).isEmpty()));
  }

  /** The list as the API writes it, in upstream's order. */
  public ArrayNode write() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode(entries.size());
    entries.stream().sorted(ORDER).forEach(entry -> list.add(entry.write()));
    return list;
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The entry of this manager; null when it has none. */
  public @Nullable ManagedEntry find(Manager manager) {
    for (ManagedEntry each : entries) {
      if (each.manager().is(manager)) {
        return each;
      }
    }
    return null;
  }

  /** Whether this very entry is one of these. */
  @SuppressWarnings("ReferenceEquality") // Entries that nobody touched are handed on as they are.
  public boolean holds(ManagedEntry entry) {
    return entries.stream().anyMatch(each -> each == entry);
  }

  /** All fields that anybody manages. */
  FieldSet all() {
    FieldSet all = FieldSet.EMPTY;
    for (ManagedEntry each : entries) {
      all = all.union(each.fields());
    }
    return all;
  }

  /** With this entry in place of its manager's; without it when the entry has no fields. */
  public ManagedFields put(ManagedEntry entry) {
    List<ManagedEntry> changed = new ArrayList<>(entries.size() + 1);
    entries.stream().filter(each -> !each.manager().is(entry.manager())).forEach(changed::add);
    if (!entry.fields().isEmpty()) {
      changed.add(entry);
    }
    return new ManagedFields(changed);
  }

  /** With each manager's fields changed; those that are left without fields go. */
  public ManagedFields map(Function<ManagedEntry, FieldSet> change) {
    List<ManagedEntry> changed = new ArrayList<>(entries.size());
    for (ManagedEntry each : entries) {
      ManagedEntry next = each.with(change.apply(each));
      if (!next.fields().isEmpty()) {
        changed.add(next);
      }
    }
    return new ManagedFields(changed);
  }
}
