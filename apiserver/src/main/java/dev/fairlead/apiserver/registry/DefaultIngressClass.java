package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.watch.Selection;
import dev.fairlead.apiserver.watch.WatchCache;
import java.util.List;

/**
 * Gives a new Ingress that names no class the one that is marked as the default (upstream's
 * admission plugin {@code DefaultIngressClass}).
 */
final class DefaultIngressClass implements Completion {
  private static final String IS_DEFAULT = "ingressclass.kubernetes.io/is-default-class";
  private static final String OLD_ANNOTATION = "kubernetes.io/ingress.class";

  private final WatchCache cache;

  DefaultIngressClass(WatchCache cache) {
    this.cache = cache;
  }

  @Override
  public void complete(ObjectNode ingress) {
    boolean named =
        ingress.path("spec").has("ingressClassName")
            || ingress.path("metadata").path("annotations").has(OLD_ANNOTATION);
    if (named) {
      return;
    }
    List<Document> defaults = defaults();
    if (defaults.size() > 1) {
      throw forbidden(ingress, defaults.size());
    }
    if (!defaults.isEmpty()) {
      Trees.child(ingress, "spec").put("ingressClassName", defaults.getFirst().name());
    }
  }

  private List<Document> defaults() {
    cache.awaitNewest();
    return cache.newest(Kinds.INGRESS_CLASS).objects(new Selection.Scope("", "")).stream()
        .filter(each -> "true".equals(each.meta().annotations().get(IS_DEFAULT)))
        .toList();
  }

  private static ApiException forbidden(ObjectNode ingress, int count) {
    String name = ingress.path("metadata").path("name").asText("");
    return new ApiException(
        403,
        "Forbidden",
        "%s \"%s\" is forbidden: Internal error occurred: %d default IngressClasses were found, only 1 allowed"
            .formatted(Kinds.INGRESS, name, count),
        Json.object()
            .put("name", name)
            .put("group", Kinds.INGRESS.group())
            .put("kind", Kinds.INGRESS.plural()));
  }
}
