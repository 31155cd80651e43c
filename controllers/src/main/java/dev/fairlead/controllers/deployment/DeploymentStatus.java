package dev.fairlead.controllers.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.view.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works out the status of a Deployment, with the reasons that {@code kubectl rollout status} reads.
 * Pure (upstream: {@code progress.go}).
 *
 * @param replicas pods of all ReplicaSets
 * @param updated pods of the latest one
 */
record DeploymentStatus(int replicas, int updated, int ready, int available) {

  /** The counts as the ReplicaSets report them. */
  static DeploymentStatus of(Rollout rollout) {
    List<Member> all = rollout.all();
    Member latest = rollout.latest();
    return new DeploymentStatus(
        all.stream().mapToInt(member -> member.status().replicas()).sum(),
        latest == null ? 0 : latest.status().replicas(),
        all.stream().mapToInt(member -> member.status().ready()).sum(),
        rollout.available());
  }

  /** The counts as the Deployment's status has them. */
  static DeploymentStatus of(JsonNode status) {
    return new DeploymentStatus(
        status.path("replicas").asInt(0),
        status.path("updatedReplicas").asInt(0),
        status.path("readyReplicas").asInt(0),
        status.path("availableReplicas").asInt(0));
  }

  /** Whether all pods are of the latest template and available. */
  boolean complete(Deployment deployment) {
    int wanted = deployment.replicas();
    return updated == wanted && replicas == wanted && available == wanted;
  }

  /** The whole status object. Changes {@code conditions} to fit. */
  ObjectNode toTree(Rollout rollout, Conditions conditions, Instant now) {
    availability(rollout.deployment(), conditions);
    progress(rollout, conditions, now);
    failures(rollout, conditions);
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("observedGeneration", rollout.document().meta().generation());
    put(status, "replicas", replicas);
    put(status, "updatedReplicas", updated);
    put(status, "readyReplicas", ready);
    put(status, "availableReplicas", available);
    put(status, "unavailableReplicas", rollout.wanted() - available);
    JsonNode collisions = rollout.document().status().path("collisionCount");
    if (collisions.isNumber()) {
      status.set("collisionCount", collisions);
    }
    status.set("conditions", conditions.toTree());
    return status;
  }

  private void availability(Deployment deployment, Conditions conditions) {
    if (available >= deployment.replicas() - Limits.of(deployment).unavailable()) {
      conditions.set(
          Conditions.AVAILABLE,
          "True",
          "MinimumReplicasAvailable",
          "Deployment has minimum availability.");
    } else {
      conditions.set(
          Conditions.AVAILABLE,
          "False",
          "MinimumReplicasUnavailable",
          "Deployment does not have minimum availability.");
    }
  }

  private void progress(Rollout rollout, Conditions conditions, Instant now) {
    Deployment deployment = rollout.deployment();
    if (!deployment.hasProgressDeadline()) {
      conditions.remove(Conditions.PROGRESSING);
      return;
    }
    boolean finishedBefore =
        replicas == updated
            && conditions.reason(Conditions.PROGRESSING).equals("NewReplicaSetAvailable");
    if (finishedBefore) {
      return;
    }
    String who = who(rollout);
    if (complete(deployment)) {
      conditions.set(
          Conditions.PROGRESSING,
          "True",
          "NewReplicaSetAvailable",
          who + " has successfully progressed.");
    } else if (progressedSince(DeploymentStatus.of(rollout.document().status()))) {
      conditions.renew(
          Conditions.PROGRESSING, "True", "ReplicaSetUpdated", who + " is progressing.");
    } else if (timedOut(deployment, conditions, now)) {
      conditions.set(
          Conditions.PROGRESSING,
          "False",
          "ProgressDeadlineExceeded",
          who + " has timed out progressing.");
    }
  }

  private boolean progressedSince(DeploymentStatus before) {
    return updated > before.updated
        || replicas - updated < before.replicas - before.updated
        || ready > before.ready
        || available > before.available;
  }

  private static boolean timedOut(Deployment deployment, Conditions conditions, Instant now) {
    String reason = conditions.reason(Conditions.PROGRESSING);
    if (reason.isEmpty() || reason.equals("NewReplicaSetAvailable")) {
      return false;
    }
    if (reason.equals("ProgressDeadlineExceeded")) {
      return true;
    }
    return deadline(deployment, conditions).isBefore(now);
  }

  /** When a rollout that does not move any more is late. */
  static Instant deadline(Deployment deployment, Conditions conditions) {
    return conditions
        .updated(Conditions.PROGRESSING)
        .plus(Duration.ofSeconds(deployment.progressDeadlineSeconds()));
  }

  /** A ReplicaSet's failure shows on its Deployment; the latest one's first. */
  private static void failures(Rollout rollout, Conditions conditions) {
    JsonNode failure = null;
    for (Member member : rollout.all()) {
      JsonNode own = failure(member);
      failure = own == null ? failure : own;
    }
    if (failure == null) {
      conditions.remove(Conditions.REPLICA_FAILURE);
      return;
    }
    conditions.set(
        Conditions.REPLICA_FAILURE,
        failure.path("status").asText(),
        failure.path("reason").asText(),
        failure.path("message").asText());
  }

  private static @Nullable JsonNode failure(Member member) {
    for (JsonNode condition : member.document().status().path("conditions")) {
      if (condition.path("type").asText().equals(Conditions.REPLICA_FAILURE)) {
        return condition;
      }
    }
    return null;
  }

  private static String who(Rollout rollout) {
    Member latest = rollout.latest();
    return latest == null
        ? "Deployment \"%s\"".formatted(rollout.document().name())
        : "ReplicaSet \"%s\"".formatted(latest.name());
  }

  private static void put(ObjectNode status, String field, int count) {
    if (count > 0) {
      status.put(field, count);
    }
  }
}
