package dev.fairlead.controllers.deployment;

import dev.fairlead.api.view.Deployment;
import java.util.ArrayList;
import java.util.List;

/**
 * The next step of a rolling update: either the latest ReplicaSet grows, as far as the surge
 * allows, or old ones shrink, as far as enough pods stay available. Pure (upstream: {@code
 * rolling.go}).
 */
final class RollingUpdate {
  private RollingUpdate() {}

  /** How many replicas the latest ReplicaSet may have now, whether it exists or not. */
  static int latestReplicas(Rollout rollout) {
    Deployment deployment = rollout.deployment();
    Member latest = rollout.latest();
    int present = latest == null ? 0 : latest.replicas();
    if (deployment.recreate() || present >= deployment.replicas()) {
      return deployment.replicas();
    }
    int room = deployment.replicas() + Limits.of(deployment).surge() - rollout.wanted();
    return present + Math.clamp(room, 0, deployment.replicas() - present);
  }

  /** What to do with the latest ReplicaSet, which exists; empty for nothing. */
  static List<Scale> scaleLatest(Rollout rollout) {
    Member latest = rollout.latest();
    int wanted = latestReplicas(rollout);
    return latest == null || latest.replicas() == wanted
        ? List.of()
        : List.of(new Scale(latest, wanted));
  }

  /** Which old ReplicaSets to shrink; empty for none. */
  static List<Scale> scaleOld(Rollout rollout) {
    Deployment deployment = rollout.deployment();
    Member latest = rollout.latest();
    if (latest == null) {
      return List.of();
    }
    int availableMin = deployment.replicas() - Limits.of(deployment).unavailable();
    int latestUnavailable = latest.replicas() - latest.status().available();
    int spare = rollout.wanted() - availableMin - latestUnavailable;
    if (spare <= 0) {
      return List.of();
    }
    List<Member> old = rollout.old().stream().filter(Member::active).toList();
    List<Member> cleaned = dropUnhealthy(old, spare);
    List<Member> shrunk = shrink(cleaned, rollout.available() - availableMin);
    List<Scale> scales = new ArrayList<>();
    for (int i = 0; i < old.size(); i++) {
      if (old.get(i).replicas() != shrunk.get(i).replicas()) {
        scales.add(new Scale(old.get(i), shrunk.get(i).replicas()));
      }
    }
    return scales;
  }

  /** Pods that are not available anyway go first: they cannot make things worse. */
  private static List<Member> dropUnhealthy(List<Member> old, int atMost) {
    List<Member> result = new ArrayList<>();
    int left = atMost;
    for (Member member : old) {
      int drop = Math.clamp(member.replicas() - member.status().available(), 0, left);
      left -= drop;
      result.add(member.scaledTo(member.replicas() - drop));
    }
    return result;
  }

  private static List<Member> shrink(List<Member> old, int atMost) {
    List<Member> result = new ArrayList<>();
    int left = Math.max(0, atMost);
    for (Member member : old) {
      int drop = Math.min(member.replicas(), left);
      left -= drop;
      result.add(member.scaledTo(member.replicas() - drop));
    }
    return result;
  }
}
