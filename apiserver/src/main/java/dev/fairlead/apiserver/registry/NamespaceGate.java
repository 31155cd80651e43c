package dev.fairlead.apiserver.registry;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.watch.WatchCache;
import org.jspecify.annotations.Nullable;

/** New content is refused in namespaces that do not exist or are being deleted. */
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
   * @throws ApiException 404 or 403
   */
  void check(ResourceType type, String namespace, String name) {
    Document found = find(namespace);
    if (found == null) {
      throw ApiException.notFound(Kinds.NAMESPACE, namespace);
    }
    if (found.meta().deleting()) {
      throw terminating(type, namespace, name);
    }
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
