package dev.fairlead.controllers.garbage;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.controllers.garbage.OwnerGraph.Item;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of the API before a step that cannot be taken back: the graph may be behind. */
record Reads(KubeApi api) {

  /** Events own nothing and are owned by nobody, and they are many. */
  static final List<ResourceType> TYPES =
      Kinds.ALL.stream().filter(type -> !type.kind().equals("Event")).toList();

  /** The object as it is now; null when it is gone. */
  @Nullable Document read(Item item) {
    try {
      Document found = api.get(Target.object(item.type(), item.key()));
      return found.meta().uid().equals(item.uid()) ? found : null;
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return null;
      }
      throw e;
    }
  }

  /**
   * What an object owns, from the API: the graph may have been told of the owner's end before it
   * was told of all that it owns, and once the owner is gone it is too late to let anything go.
   */
  List<Item> dependents(Item owner) {
    boolean everywhere = !owner.type().namespaced();
    String namespace = owner.key().namespace();
    return TYPES.stream()
        .filter(type -> everywhere || type.namespaced())
        .flatMap(type ->
            api.list(Target.collection(type, namespace), ListOptions.ALL).items().stream()
                .map(object -> Item.of(type, object)))
        .filter(item -> item.owners().stream().anyMatch(ref -> ref.uid().equals(owner.uid())))
        .toList();
  }

  /** Whether an owner, when there is one, is of those that the graph is told of. */
  static boolean told(Item item, OwnerReference owner) {
    return Kinds.byKind(owner.apiVersion(), owner.kind())
        .filter(type -> TYPES.contains(type) && (item.type().namespaced() || !type.namespaced()))
        .isPresent();
  }

  /** Asks the API. An owner of a kind that is not served here is left to whoever serves it. */
  boolean exists(Item item, OwnerReference owner) {
    Optional<ResourceType> type = Kinds.byKind(owner.apiVersion(), owner.kind());
    if (type.isEmpty() || (type.get().namespaced() && !item.type().namespaced())) {
      return true;
    }
    String namespace = type.get().namespaced() ? item.key().namespace() : "";
    try {
      Document found = api.get(Target.object(type.get(), namespace, owner.name()));
      return found.meta().uid().equals(owner.uid());
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return false;
      }
      throw e;
    }
  }
}
