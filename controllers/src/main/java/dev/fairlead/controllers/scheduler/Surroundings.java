package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.client.Informer;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.client.SharedInformer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the scheduler reads besides pods, nodes and budgets, by informers. */
final class Surroundings {
  private static final String BY_SELECTOR = "scheduler-selector";

  private final SharedInformer namespaces;
  private final SharedInformer services;
  private final SharedInformer replicationControllers;
  private final SharedInformer replicaSets;
  private final SharedInformer statefulSets;

  Surroundings(InformerFactory informers) {
    namespaces = informers.informer(Kinds.NAMESPACE);
    services = informers.informer(Kinds.SERVICE);
    replicationControllers = informers.informer(Kinds.REPLICATION_CONTROLLER);
    replicaSets = informers.informer(Kinds.REPLICA_SET);
    statefulSets = informers.informer(Kinds.STATEFUL_SET);
    services.addIndex(BY_SELECTOR, Surroundings::firstOfSelector);
  }

  /** All of them. */
  List<Informer> informers() {
    return List.of(namespaces, services, replicationControllers, replicaSets, statefulSets);
  }

  SharedInformer namespaces() {
    return namespaces;
  }

  /** The labels of a namespace; empty when it is not known (yet). */
  Map<String, String> labels(String namespace) {
    Document known = namespaces.get(new ObjectKey("", namespace));
    return known == null ? Map.of() : known.meta().labels();
  }

  Relatives relatives() {
    return new Relatives(this::services, this::controller);
  }

  /** A Service that selects a pod has the first label of its selector in common with it. */
  private Collection<Document> services(Document pod) {
    List<Document> candidates = new ArrayList<>();
    pod.meta()
        .labels()
        .forEach((key, value) ->
            candidates.addAll(
                services.byIndex(BY_SELECTOR, selected(pod.namespace(), key, value))));
    return candidates;
  }

  private static List<String> firstOfSelector(Document service) {
    return service
        .spec()
        .path("selector")
        .propertyStream()
        .limit(1)
        .map(each -> selected(service.namespace(), each.getKey(), each.getValue().asText()))
        .toList();
  }

  private static String selected(String namespace, String key, String value) {
    return namespace + " " + key + "=" + value;
  }

  private @Nullable Document controller(OwnerReference owner, String namespace) {
    ObjectKey key = new ObjectKey(namespace, owner.name());
    return switch (owner.apiVersion() + " " + owner.kind()) {
      case "v1 ReplicationController" -> replicationControllers.get(key);
      case "apps/v1 ReplicaSet" -> replicaSets.get(key);
      case "apps/v1 StatefulSet" -> statefulSets.get(key);
      default -> null;
    };
  }
}
