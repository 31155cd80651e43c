package dev.fairlead.controllers.loadbalancer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The controller's writes to a Service: the finalizer and {@code status.loadBalancer}. */
final class ServiceWrites {
  private final KubeApi api;

  ServiceWrites(KubeApi api) {
    this.api = api;
  }

  /** The Service as it is now; null when it is gone. */
  @Nullable Document read(ObjectKey key) {
    try {
      return api.get(Target.object(Kinds.SERVICE, key));
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return null;
      }
      throw e;
    }
  }

  /** Marks a Service, so that it stays until its load balancer is gone. */
  Document mark(Document service) {
    if (service.meta().finalizers().contains(Decision.FINALIZER)) {
      return service;
    }
    List<String> finalizers = new ArrayList<>(service.meta().finalizers());
    finalizers.add(Decision.FINALIZER);
    return finalizers(service, finalizers);
  }

  /** Lets a Service go. */
  void unmark(Document service) {
    if (service.meta().finalizers().contains(Decision.FINALIZER)) {
      List<String> finalizers = new ArrayList<>(service.meta().finalizers());
      finalizers.remove(Decision.FINALIZER);
      finalizers(service, finalizers);
    }
  }

  private Document finalizers(Document service, List<String> finalizers) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode meta = body.putObject("metadata");
    meta.put("resourceVersion", service.meta().resourceVersion());
    ArrayNode list = meta.putArray("finalizers");
    finalizers.forEach(list::add);
    Target target = Target.object(Kinds.SERVICE, service.key());
    return api.patch(target, new Patch(Patch.Type.MERGE, body), WriteOptions.NONE);
  }

  /** Writes where the load balancer is reached, unless that stands there already. */
  void status(Document service, List<Ingress> ingress) {
    if (Ingress.read(service.status()).equals(ingress)) {
      return;
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("metadata").put("uid", service.meta().uid());
    ObjectNode balancer = body.putObject("status").putObject("loadBalancer");
    if (ingress.isEmpty()) {
      balancer.putNull("ingress");
    } else {
      ArrayNode list = balancer.putArray("ingress");
      ingress.forEach(each -> list.add(each.toTree()));
    }
    Target target = Target.object(Kinds.SERVICE, service.key()).sub("status");
    api.patch(target, new Patch(Patch.Type.MERGE, body), WriteOptions.NONE);
  }
}
