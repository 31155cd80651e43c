package dev.fairlead.controllers.deployment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.view.Deployment;
import dev.fairlead.controllers.StatusPatch;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One pass over one Deployment: scale, roll, clean up, report. Made anew for each pass. */
final class DeploymentSync {
  private final KubeApi api;
  private final ReplicaSetWriter writer;
  private final Instant now;
  private final Conditions conditions;
  private Rollout rollout;

  DeploymentSync(KubeApi api, ReplicaSetWriter writer, Rollout rollout, Instant now) {
    this.api = api;
    this.writer = writer;
    this.rollout = rollout;
    this.now = now;
    this.conditions = new Conditions(rollout.document().status().path("conditions"), now);
  }

  /**
   * Takes the next step.
   *
   * @param hasPods whether pods of a ReplicaSet still run or end; asked only for Recreate
   * @return when to look again though nothing changes; null for never
   */
  @Nullable Instant run(Predicate<Member> hasPods) {
    Deployment deployment = rollout.deployment();
    if (!rollout.document().meta().deleting()) {
      notePause();
      if (deployment.paused() || rollout.scalingEvent()) {
        resize();
      } else if (deployment.recreate()) {
        recreate(hasPods);
      } else {
        roll();
      }
    }
    return report();
  }

  private void resize() {
    refreshLatest();
    ProportionalScaling.plan(rollout).forEach(scale -> writer.scale(rollout, scale));
    if (rollout.deployment().paused()) {
      cleanUp();
    }
  }

  private void roll() {
    if (!ensureLatest() || apply(RollingUpdate.scaleLatest(rollout))) {
      return;
    }
    if (!apply(RollingUpdate.scaleOld(rollout)) && complete()) {
      cleanUp();
    }
  }

  private void recreate(Predicate<Member> hasPods) {
    List<Scale> down =
        rollout.old().stream().filter(Member::active).map(old -> new Scale(old, 0)).toList();
    if (apply(down) || rollout.old().stream().anyMatch(hasPods)) {
      refreshLatest();
      return;
    }
    if (ensureLatest() && !apply(RollingUpdate.scaleLatest(rollout)) && complete()) {
      cleanUp();
    }
  }

  private boolean apply(List<Scale> scales) {
    scales.forEach(scale -> writer.scale(rollout, scale));
    return !scales.isEmpty();
  }

  private boolean complete() {
    return DeploymentStatus.of(rollout).complete(rollout.deployment());
  }

  /** Brings the latest ReplicaSet up to date, if there is one. */
  private void refreshLatest() {
    Member latest = rollout.latest();
    if (latest == null) {
      return;
    }
    rollout = rollout.withLatest(writer.refresh(rollout, latest));
    noteRevision();
    if (rollout.deployment().hasProgressDeadline()
        && conditions.reason(Conditions.PROGRESSING).isEmpty()) {
      conditions.set(
          Conditions.PROGRESSING,
          "True",
          "FoundNewReplicaSet",
          "Found new replica set \"%s\"".formatted(latest.name()));
    }
  }

  /** Makes sure that there is a latest ReplicaSet; false when its name is taken. */
  private boolean ensureLatest() {
    if (rollout.latest() != null) {
      refreshLatest();
      return true;
    }
    Member created = writer.create(rollout);
    if (created == null) {
      countCollision();
      return false;
    }
    rollout = rollout.withLatest(created);
    noteRevision();
    if (rollout.deployment().hasProgressDeadline()) {
      conditions.set(
          Conditions.PROGRESSING,
          "True",
          "NewReplicaSetCreated",
          "Created new replica set \"%s\"".formatted(created.name()));
    }
    return true;
  }

  private void noteRevision() {
    Member latest = rollout.latest();
    if (latest == null) {
      return;
    }
    String revision = Long.toString(latest.revision());
    Document object = rollout.document();
    if (revision.equals(object.meta().annotations().get(Annotations.REVISION))) {
      return;
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.withObject("/metadata/annotations").put(Annotations.REVISION, revision);
    patch(Target.object(Kinds.DEPLOYMENT, object.key()), body);
  }

  private void countCollision() {
    Document object = rollout.document();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    int collisions = object.status().path("collisionCount").asInt(0) + 1;
    body.putObject("status").put("collisionCount", collisions);
    patch(Target.object(Kinds.DEPLOYMENT, object.key()).sub("status"), body);
    rollout =
        new Rollout(
            object.with(tree -> tree.withObject("/status").put("collisionCount", collisions)),
            rollout.deployment(),
            null,
            rollout.old());
  }

  private void patch(Target target, ObjectNode body) {
    api.patch(target, new Patch(Patch.Type.MERGE, body), WriteOptions.NONE);
  }

  private void notePause() {
    Deployment deployment = rollout.deployment();
    String reason = conditions.reason(Conditions.PROGRESSING);
    if (!deployment.hasProgressDeadline() || reason.equals("ProgressDeadlineExceeded")) {
      return;
    }
    if (deployment.paused()) {
      conditions.set(Conditions.PROGRESSING, "Unknown", "DeploymentPaused", "Deployment is paused");
    } else if (reason.equals("DeploymentPaused")) {
      conditions.set(
          Conditions.PROGRESSING, "Unknown", "DeploymentResumed", "Deployment is resumed");
    }
  }

  /** Deletes old ReplicaSets without pods beyond the history limit, lowest revision first. */
  private void cleanUp() {
    List<Member> old =
        rollout.old().stream().filter(member -> !member.document().meta().deleting()).toList();
    int surplus = old.size() - rollout.deployment().revisionHistoryLimit();
    if (surplus <= 0) {
      return;
    }
    old.stream()
        .sorted(Comparator.comparingLong(Member::revision))
        .limit(surplus)
        .filter(DeploymentSync::empty)
        .forEach(writer::delete);
  }

  private static boolean empty(Member member) {
    return member.replicas() == 0
        && member.status().replicas() == 0
        && member.document().meta().generation() <= member.status().observedGeneration();
  }

  private @Nullable Instant report() {
    Deployment deployment = rollout.deployment();
    DeploymentStatus status = DeploymentStatus.of(rollout);
    StatusPatch.replace(
        api, Kinds.DEPLOYMENT, rollout.document(), status.toTree(rollout, conditions, now));
    String reason = conditions.reason(Conditions.PROGRESSING);
    boolean settled =
        status.complete(deployment)
            || deployment.paused()
            || reason.isEmpty()
            || reason.equals("ProgressDeadlineExceeded");
    return settled || !deployment.hasProgressDeadline()
        ? null
        : DeploymentStatus.deadline(deployment, conditions).plusSeconds(1);
  }
}
