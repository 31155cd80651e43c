package dev.fairlead.controllers.garbage;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who owns whom, by UID, kept from the informers: each change costs what it touches. Safe for use
 * by several threads.
 */
final class OwnerGraph {
  static final String ORPHAN = "orphan";
  static final String FOREGROUND = "foregroundDeletion";

  /** An object. */
  record Item(
      ResourceType type,
      ObjectKey key,
      String uid,
      List<OwnerReference> owners,
      List<String> finalizers,
      boolean deleting) {

    static Item of(ResourceType type, Document object) {
      return new Item(
          type,
          object.key(),
          object.meta().uid(),
          object.meta().ownerReferences(),
          object.meta().finalizers(),
          object.meta().deleting());
    }

    /** Being deleted, and waiting for what it owns to go first. */
    boolean waitsForDependents() {
      return deleting && finalizers.contains(FOREGROUND);
    }

    /** Whether it may own the other: what is in a namespace owns nothing outside of it. */
    boolean mayOwn(Item other) {
      return !type.namespaced() || key.namespace().equals(other.key().namespace());
    }

    /** Being deleted, and about to let go what it owns. */
    boolean orphans() {
      return deleting && finalizers.contains(ORPHAN);
    }
  }

  private final Map<String, Item> items = new HashMap<>();
  private final Map<String, Set<String>> dependents = new HashMap<>();

  /**
   * Takes in an object as it is now.
   *
   * @return UIDs to look at
   */
  synchronized List<String> put(Item item) {
    Item before = items.put(item.uid(), item);
    if (before != null) {
      unlink(before);
    }
    for (OwnerReference owner : item.owners()) {
      dependents.computeIfAbsent(owner.uid(), uid -> new LinkedHashSet<>()).add(item.uid());
    }
    List<String> look = new ArrayList<>();
    if (item.deleting() || item.owners().stream().anyMatch(owner -> unsettled(item, owner.uid()))) {
      look.add(item.uid());
    }
    if (before == null) {
      // Kinds are read side by side: what names this object may have been seen before it.
      dependents(item.uid()).stream()
          .filter(dependent -> !item.mayOwn(dependent))
          .forEach(dependent -> look.add(dependent.uid()));
    } else {
      // An owner that waited for this object waits no more if it was let go.
      before.owners().forEach(owner -> look.addAll(waiting(owner.uid())));
    }
    return look;
  }

  private boolean unsettled(Item item, String owner) {
    Item known = items.get(owner);
    return known == null || known.waitsForDependents() || !known.mayOwn(item);
  }

  /**
   * Forgets an object.
   *
   * @return UIDs to look at: what it owned, and owners that waited for it
   */
  synchronized List<String> remove(String uid) {
    Item item = items.remove(uid);
    List<String> look = new ArrayList<>(dependents.getOrDefault(uid, Set.of()));
    if (item != null) {
      unlink(item);
      item.owners().forEach(owner -> look.addAll(waiting(owner.uid())));
    }
    return look;
  }

  private List<String> waiting(String owner) {
    Item known = items.get(owner);
    return known != null && known.waitsForDependents() ? List.of(owner) : List.of();
  }

  private void unlink(Item item) {
    for (OwnerReference owner : item.owners()) {
      Set<String> owned = dependents.get(owner.uid());
      if (owned != null && owned.remove(item.uid()) && owned.isEmpty()) {
        dependents.remove(owner.uid());
      }
    }
  }

  synchronized @Nullable Item get(String uid) {
    return items.get(uid);
  }

  /** What this object owns. */
  synchronized List<Item> dependents(String uid) {
    List<Item> owned = new ArrayList<>();
    for (String each : dependents.getOrDefault(uid, Set.of())) {
      Item item = items.get(each);
      if (item != null) {
        owned.add(item);
      }
    }
    return owned;
  }
}
