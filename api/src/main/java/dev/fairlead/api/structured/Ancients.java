package dev.fairlead.api.structured;

import dev.fairlead.api.fieldset.FieldSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bounds the number of updating managers: the oldest are put together, per version. */
final class Ancients {
  /** As upstream. */
  static final int UPDATERS_MAX = 10;

  private static final String NAME = "ancient-changes";

  private Ancients() {}

  static ManagedFields limit(ManagedFields managed) {
    List<ManagedEntry> updaters =
        managed.entries().stream()
            .filter(entry -> entry.manager().operation() == Manager.Operation.UPDATE)
            .sorted(
                Comparator.comparingLong(ManagedEntry::seconds)
                    .thenComparing(ManagedEntry::manager))
            .toList();
    ManagedFields result = managed;
    Map<String, ManagedEntry> first = new HashMap<>();
    int left = updaters.size();
    for (int i = 0; i < updaters.size() && left > UPDATERS_MAX; i++) {
      ManagedEntry each = updaters.get(i);
      ManagedEntry older = first.putIfAbsent(each.manager().apiVersion(), each);
      if (older != null) {
        ManagedEntry bucket = bucket(older, each);
        result = result.put(without(older)).put(without(each)).put(bucket);
        first.put(each.manager().apiVersion(), bucket);
        left--;
      }
    }
    return result;
  }

  /** Both together, as old as the younger. */
  private static ManagedEntry bucket(ManagedEntry older, ManagedEntry younger) {
    Manager manager =
        new Manager(NAME, Manager.Operation.UPDATE, younger.manager().apiVersion(), "");
    return new ManagedEntry(manager, younger.time(), older.fields().union(younger.fields()));
  }

  private static ManagedEntry without(ManagedEntry entry) {
    return entry.with(FieldSet.EMPTY);
  }
}
