package dev.fairlead.controllers.replicaset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.client.EventRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates and deletes the pods of ReplicaSets, and says so in events. */
final class ReplicaSetPods {
  private static final int BURST_MAX = 500;

  private final KubeApi api;
  private final EventRecorder events;
  private final Expectations expectations;

  ReplicaSetPods(KubeApi api, EventRecorder events, Expectations expectations) {
    this.api = api;
    this.events = events;
    this.expectations = expectations;
  }

  /** Creates pods. Returns the first failure, or null. */
  @Nullable ApiException create(Document set, int count) throws InterruptedException {
    int burst = Math.min(count, BURST_MAX);
    String uid = set.meta().uid();
    Document template = pod(set);
    expectations.expectCreations(uid, burst);
    SlowStart.Outcome outcome = SlowStart.run(burst, () -> createOne(set, template));
    for (int i = outcome.succeeded(); i < burst; i++) {
      expectations.creationSeen(uid);
    }
    return outcome.failure();
  }

  /** Deletes pods. Returns the first failure, or null. */
  @Nullable ApiException delete(Document set, List<Document> pods) throws InterruptedException {
    List<Document> burst = pods.subList(0, Math.min(pods.size(), BURST_MAX));
    expectations.expectDeletions(
        set.meta().uid(), burst.stream().map(pod -> pod.meta().uid()).collect(Collectors.toSet()));
    List<Runnable> calls = new ArrayList<>(burst.size());
    burst.forEach(pod -> calls.add(() -> deleteOne(set, pod)));
    return SlowStart.all(calls).failure();
  }

  private void createOne(Document set, Document template) {
    try {
      Document pod =
          api.create(Target.collection(Kinds.POD, set.namespace()), template, WriteOptions.NONE);
      events.normal(set, "SuccessfulCreate", "Created pod: " + pod.name());
    } catch (ApiException e) {
      if (!namespaceTerminating(e)) {
        events.warning(set, "FailedCreate", "Error creating: " + e.message());
      }
      throw e;
    }
  }

  private void deleteOne(Document set, Document pod) {
    try {
      api.delete(Target.object(Kinds.POD, pod.key()), DeleteOptions.ofUid(pod.meta().uid()));
      events.normal(set, "SuccessfulDelete", "Deleted pod: " + pod.name());
    } catch (ApiException e) {
      expectations.deletionSeen(set.meta().uid(), pod.meta().uid());
      if (!e.isNotFound()) {
        events.warning(set, "FailedDelete", "Error deleting: " + e.message());
        throw e;
      }
    }
  }

  /** Whether creating failed only because the whole namespace is on its way out. */
  static boolean namespaceTerminating(ApiException e) {
    return e.code() == 403 && e.message().contains("is being terminated");
  }

  /** A pod of the template, named by the server. */
  static Document pod(Document set) {
    ObjectNode template = set.spec().path("template").deepCopy();
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode meta = pod.putObject("metadata");
    meta.put("generateName", set.name() + "-").put("namespace", set.namespace());
    for (String field : List.of("labels", "annotations", "finalizers")) {
      if (!template.path("metadata").path(field).isEmpty()) {
        meta.set(field, template.path("metadata").path(field));
      }
    }
    meta.putArray("ownerReferences").add(OwnerReference.controllerOf(set).toTree());
    pod.set("spec", template.path("spec"));
    return Document.of(pod);
  }
}
