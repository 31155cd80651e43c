package dev.fairlead.controllers;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Creates and deletes the pods of a controlling object, keeps what it ordered as expectations of
 * that object, and says so in events (upstream: {@code RealPodControl}). At most {@value
 * #BURST_MAX} pods are ordered by one call.
 */
public final class PodControl {
  private static final int BURST_MAX = 500;

  private final KubeApi api;
  private final EventRecorder events;
  private final Expectations expectations;
  private final Words words;

  /** How an event tells of a pod. */
  public interface Words {
    /** What most controllers say. */
    Words PLAIN = new PlainWords();

    /** A pod was created. */
    String created(Document owner, String pod);

    /** A pod was not created. */
    String notCreated(Document owner, String pod, String why);

    /** A pod was deleted. */
    String deleted(Document owner, String pod);

    /** A pod was not deleted. */
    String notDeleted(Document owner, String pod, String why);
  }

  /** Speaks through {@code events}. */
  PodControl(KubeApi api, EventRecorder events, Expectations expectations, Words words) {
    this.api = api;
    this.events = events;
    this.expectations = expectations;
    this.words = words;
  }

  /** Creates that many pods of the same shape. Returns the first failure, or null. */
  public @Nullable ApiException create(Document owner, Document pod, int count)
      throws InterruptedException {
    return create(owner, Collections.nCopies(Math.min(count, BURST_MAX), pod));
  }

  /** Creates these pods. Returns the first failure, or null. */
  public @Nullable ApiException create(Document owner, List<Document> pods)
      throws InterruptedException {
    List<Document> burst = pods.subList(0, Math.min(pods.size(), BURST_MAX));
    String uid = owner.meta().uid();
    expectations.expectCreations(uid, burst.size());
    List<Runnable> calls = new ArrayList<>(burst.size());
    burst.forEach(pod -> calls.add(() -> createOne(owner, pod)));
    SlowStart.Outcome outcome = SlowStart.run(calls);
    for (int i = outcome.succeeded(); i < burst.size(); i++) {
      expectations.creationSeen(uid);
    }
    return outcome.failure();
  }

  /** Deletes pods. Returns the first failure, or null. */
  public @Nullable ApiException delete(Document owner, List<Document> pods)
      throws InterruptedException {
    List<Document> burst = pods.subList(0, Math.min(pods.size(), BURST_MAX));
    expectations.expectDeletions(
        owner.meta().uid(),
        burst.stream().map(pod -> pod.meta().uid()).collect(Collectors.toSet()));
    List<Runnable> calls = new ArrayList<>(burst.size());
    burst.forEach(pod -> calls.add(() -> deleteOne(owner, pod)));
    return SlowStart.all(calls).failure();
  }

  private void createOne(Document owner, Document pod) {
    try {
      Document created =
          api.create(Target.collection(Kinds.POD, owner.namespace()), pod, WriteOptions.NONE);
      events.normal(owner, "SuccessfulCreate", words.created(owner, created.name()));
    } catch (ApiException e) {
      // A pod with a fixed name may still be on its way out.
      boolean taken = e.isAlreadyExists() && !pod.name().isEmpty();
      if (!namespaceTerminating(e) && !taken) {
        events.warning(owner, "FailedCreate", words.notCreated(owner, pod.name(), e.message()));
      }
      throw e;
    }
  }

  private void deleteOne(Document owner, Document pod) {
    try {
      api.delete(Target.object(Kinds.POD, pod.key()), DeleteOptions.ofUid(pod.meta().uid()));
      events.normal(owner, "SuccessfulDelete", words.deleted(owner, pod.name()));
    } catch (ApiException e) {
      expectations.deletionSeen(owner.meta().uid(), pod.meta().uid());
      if (!e.isNotFound()) {
        events.warning(owner, "FailedDelete", words.notDeleted(owner, pod.name(), e.message()));
        throw e;
      }
    }
  }

  /** Whether creating failed only because the whole namespace is on its way out. */
  public static boolean namespaceTerminating(ApiException e) {
    return e.code() == 403 && e.message().contains("is being terminated");
  }

  /**
   * A pod of a template, controlled by {@code owner} and named by the server.
   *
   * @param template API: {@code core/v1 PodTemplateSpec}; not changed
   */
  public static Document pod(Document owner, JsonNode template) {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode meta = pod.putObject("metadata");
    meta.put("generateName", owner.name() + "-").put("namespace", owner.namespace());
    for (String field : List.of("labels", "annotations", "finalizers")) {
      JsonNode value = template.path("metadata").path(field);
      if (!value.isEmpty()) {
        meta.set(field, value.deepCopy());
      }
    }
    meta.putArray("ownerReferences").add(OwnerReference.controllerOf(owner).toTree());
    pod.set("spec", template.path("spec").deepCopy());
    return Document.of(pod);
  }

  private static final class PlainWords implements Words {
    @Override
    public String created(Document owner, String pod) {
      return "Created pod: " + pod;
    }

    @Override
    public String notCreated(Document owner, String pod, String why) {
      return "Error creating: " + why;
    }

    @Override
    public String deleted(Document owner, String pod) {
      return "Deleted pod: " + pod;
    }

    @Override
    public String notDeleted(Document owner, String pod, String why) {
      return "Error deleting: " + why;
    }
  }
}
