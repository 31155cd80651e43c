package dev.fairlead.controllers.deployment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.client.EventRecorder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates, scales, annotates and deletes the ReplicaSets of Deployments, and says so in events. */
final class ReplicaSetWriter {
  private final KubeApi api;
  private final EventRecorder events;

  ReplicaSetWriter(KubeApi api, EventRecorder events) {
    this.api = api;
    this.events = events;
  }

  /**
   * Creates the ReplicaSet of the present template.
   *
   * @return null when its name is taken by another; then a different hash is needed
   * @throws ApiException when it could not be created
   */
  @Nullable Member create(Rollout rollout) {
    Document wanted = replicaSet(rollout);
    try {
      Document created =
          api.create(
              Target.collection(Kinds.REPLICA_SET, wanted.namespace()), wanted, WriteOptions.NONE);
      Member member = Member.of(created);
      if (member.active()) {
        scaled(rollout.document(), member.name(), 0, member.replicas());
      }
      return member;
    } catch (ApiException e) {
      if (e.isAlreadyExists()) {
        return existing(rollout, wanted);
      }
      events.warning(
          rollout.document(),
          "ReplicaSetCreateError",
          "Failed to create new replica set \"%s\": %s".formatted(wanted.name(), e.message()));
      throw e;
    }
  }

  /** Scales a ReplicaSet and notes for which size; no write when both are so already. */
  void scale(Rollout rollout, Scale scale) {
    Member member = scale.member();
    Map<String, String> annotations = Annotations.scaled(rollout.deployment());
    boolean resize = member.replicas() != scale.to();
    if (!resize
        && member.document().meta().annotations().entrySet().containsAll(annotations.entrySet())) {
      return;
    }
    ObjectNode body = precondition(member);
    annotate(body, annotations);
    body.putObject("spec").put("replicas", scale.to());
    patch(member, body);
    if (resize) {
      scaled(rollout.document(), member.name(), member.replicas(), scale.to());
    }
  }

  /** Brings annotations and {@code minReadySeconds} of the latest ReplicaSet up to date. */
  Member refresh(Rollout rollout, Member latest) {
    Map<String, String> annotations = Annotations.latest(rollout, latest);
    int minReady = rollout.deployment().minReadySeconds();
    boolean same =
        annotations.equals(latest.document().meta().annotations())
            && latest.document().spec().path("minReadySeconds").asInt(0) == minReady;
    if (same) {
      return latest;
    }
    ObjectNode body = precondition(latest);
    annotate(body, annotations);
    body.putObject("spec").put("minReadySeconds", minReady);
    return Member.of(patch(latest, body));
  }

  /** Deletes an old ReplicaSet. */
  void delete(Member member) {
    try {
      api.delete(
          Target.object(Kinds.REPLICA_SET, member.document().key()),
          DeleteOptions.ofUid(member.document().meta().uid()));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  /** Our copy may be old: the ReplicaSet may be the very one that we made a moment ago. */
  private @Nullable Member existing(Rollout rollout, Document wanted) {
    Document there = api.get(Target.object(Kinds.REPLICA_SET, wanted.key()));
    OwnerReference owner = there.meta().controller();
    boolean ours = owner != null && owner.uid().equals(rollout.deployment().uid());
    return ours
            && PodTemplateHash.same(there.spec().path("template"), rollout.deployment().template())
        ? Member.of(there)
        : null;
  }

  private void scaled(Document deployment, String name, int from, int to) {
    events.normal(
        deployment,
        "ScalingReplicaSet",
        "Scaled %s replica set %s from %d to %d"
            .formatted(to > from ? "up" : "down", name, from, to));
  }

  private Document patch(Member member, ObjectNode body) {
    return api.patch(
        Target.object(Kinds.REPLICA_SET, member.document().key()),
        new Patch(Patch.Type.MERGE, body),
        WriteOptions.NONE);
  }

  private static ObjectNode precondition(Member member) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("metadata").put("resourceVersion", member.document().meta().resourceVersion());
    return body;
  }

  private static void annotate(ObjectNode body, Map<String, String> annotations) {
    ObjectNode tree = body.withObject("/metadata/annotations");
    annotations.forEach(tree::put);
  }

  private static Document replicaSet(Rollout rollout) {
    Document deployment = rollout.document();
    int collisions = deployment.status().path("collisionCount").asInt(0);
    String hash = PodTemplateHash.of(rollout.deployment().template(), collisions);
    ObjectNode template = rollout.deployment().template().deepCopy();
    template.withObject("/metadata/labels").put(PodTemplateHash.LABEL, hash);
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("apiVersion", Kinds.REPLICA_SET.apiVersion()).put("kind", Kinds.REPLICA_SET.kind());
    ObjectNode meta = tree.putObject("metadata");
    meta.put("name", deployment.name() + "-" + hash).put("namespace", deployment.namespace());
    meta.set("labels", template.at("/metadata/labels").deepCopy());
    ObjectNode annotations = meta.putObject("annotations");
    Annotations.latest(rollout, null).forEach(annotations::put);
    meta.putArray("ownerReferences").add(OwnerReference.controllerOf(deployment).toTree());
    ObjectNode spec = tree.putObject("spec");
    spec.put("replicas", RollingUpdate.latestReplicas(rollout));
    if (rollout.deployment().minReadySeconds() > 0) {
      spec.put("minReadySeconds", rollout.deployment().minReadySeconds());
    }
    ObjectNode selector = deployment.spec().path("selector").deepCopy();
    selector.withObject("/matchLabels").put(PodTemplateHash.LABEL, hash);
    spec.set("selector", selector);
    spec.set("template", template);
    return Document.of(tree);
  }
}
