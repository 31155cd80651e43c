package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;

/** Gives a pod its node, through the API (subresource {@code pods/binding}). */
final class Binder {
  private final KubeApi api;

  Binder(KubeApi api) {
    this.api = api;
  }

  /**
   * Binds.
   *
   * @return false when the pod is gone: the informer will tell
   * @throws ApiException when the API does not do it; with a conflict, too: somebody else was
   *     faster, and should it be otherwise, the pod must be tried again
   */
  boolean bind(Document pod, String node) {
    ObjectNode binding = Json.object().put("apiVersion", "v1").put("kind", "Binding");
    binding
        .putObject("metadata")
        .put("name", pod.name())
        .put("namespace", pod.namespace())
        .put("uid", pod.meta().uid());
    binding.putObject("target").put("apiVersion", "v1").put("kind", "Node").put("name", node);
    try {
      api.create(
          Target.object(Kinds.POD, pod.key()).sub("binding"),
          Document.of(binding),
          WriteOptions.NONE);
      return true;
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
      return false;
    }
  }
}
