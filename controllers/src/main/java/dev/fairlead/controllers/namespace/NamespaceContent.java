package dev.fairlead.controllers.namespace;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.controllers.namespace.NamespaceStatus.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Deletes what is in a namespace, kind by kind, and counts what stays. */
final class NamespaceContent {
  /** Dependents are deleted here as well: nobody has to be orphaned or waited for. */
  private static final DeleteOptions BACKGROUND =
      new DeleteOptions(null, DeleteOptions.Propagation.BACKGROUND, "", "", false);

  private final KubeApi api;
  private final String namespace;
  private final TreeMap<String, Integer> remaining = new TreeMap<>();
  private final TreeMap<String, Integer> finalizers = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  NamespaceContent(KubeApi api, String namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  /** Deletes the objects of one kind; what goes wrong is part of {@link #progress}. */
  void empty(ResourceType type) {
    try {
      List<Document> left = delete(Target.collection(type, namespace));
      if (!left.isEmpty()) {
        count(type, left);
      }
    } catch (ApiException e) {
      failures.add(e.message());
    }
  }

  private List<Document> delete(Target collection) {
    List<Document> found = api.list(collection, ListOptions.ALL).items();
    if (found.stream().allMatch(each -> each.meta().deleting())) {
      return found;
    }
    Listing _ = api.deleteCollection(collection, ListOptions.ALL, BACKGROUND);
    return api.list(collection, ListOptions.ALL).items();
  }

  private void count(ResourceType type, List<Document> left) {
    remaining.put(type.plural() + "." + type.group(), left.size());
    left.forEach(
        each -> each.meta().finalizers().forEach(f -> finalizers.merge(f, 1, Integer::sum)));
    if (left.stream().anyMatch(each -> !each.meta().deleting())) {
      failures.add(
          "unexpected items still remain in namespace: %s for gvr: %s/%s, Resource=%s"
              .formatted(namespace, type.group(), type.version(), type.plural()));
    }
  }

  Progress progress() {
    return new Progress(remaining, finalizers, failures);
  }
}
