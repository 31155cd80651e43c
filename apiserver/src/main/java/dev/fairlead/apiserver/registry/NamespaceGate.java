package dev.fairlead.apiserver.registry;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.watch.Versions;
import dev.fairlead.apiserver.watch.WatchCache;
import dev.fairlead.store.Store.Compare;
import org.jspecify.annotations.Nullable;

/**
 * New content is refused in namespaces that do not exist or are being deleted. The namespace is
 * compared with the write, since it may begin to end in between: whoever empties it would not see
 * what came after, and leave it behind in a namespace that is gone.
 */
final class NamespaceGate {
  private final ObjectStore objects;
  private final WatchCache cache;

  NamespaceGate(ObjectStore objects, WatchCache cache) {
    this.objects = objects;
    this.cache = cache;
  }

  /**
   * Passes when an object may be created.
   *
   * @return what must hold on commit: the namespace is still the one that was seen
   * @throws ApiException 404 or 403
   */
  Compare check(ResourceType type, String namespace, String name) {
    Document found = find(namespace);
    if (found == null) {
      throw ApiException.notFound(Kinds.NAMESPACE, namespace);
    }
    if (found.meta().deleting()) {
      throw terminating(type, namespace, name);
    }
    return new Compare(Kinds.NAMESPACE.storageKey(found.key()), Versions.of(found));
  }

  private @Nullable Document find(String namespace) {
    String key = Kinds.NAMESPACE.storageKey(new ObjectKey("", namespace));
    Document cached = cache.get(Kinds.NAMESPACE, key);
    return cached != null ? cached : objects.read(Kinds.NAMESPACE, key);
  }

  private static ApiException terminating(ResourceType type, String namespace, String name) {
    var details = Json.object().put("name", name);
    if (!type.group().isEmpty()) {
      details.put("group", type.group());
    }
    details.put("kind", type.plural());
    details
        .putArray("causes")
        .addObject()
        .put("reason", "NamespaceTerminating")
        .put("message", "namespace %s is being terminated".formatted(namespace))
        .put("field", "metadata.namespace");
    return new ApiException(
        403,
        "Forbidden",
        "%s \"%s\" is forbidden: unable to create new content in namespace %s because it is being terminated"
            .formatted(type, name, namespace),
        details);
  }
}
