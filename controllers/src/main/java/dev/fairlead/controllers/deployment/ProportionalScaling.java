package dev.fairlead.controllers.deployment;

import dev.fairlead.api.view.Deployment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to do when a Deployment is scaled: with one ReplicaSet at work it takes all; in the middle
 * of a rollout each gets its share, so that scaling neither hastens nor undoes the rollout. Pure
 * (upstream: {@code sync.go}, {@code scale}).
 */
final class ProportionalScaling {
  private ProportionalScaling() {}

  /** The scales, also those that only renew the annotations. */
  static List<Scale> plan(Rollout rollout) {
    Deployment deployment = rollout.deployment();
    Member only = activeOrLatest(rollout);
    if (only != null) {
      return List.of(new Scale(only, deployment.replicas()));
    }
    if (saturated(rollout)) {
      return rollout.old().stream()
          .filter(Member::active)
          .map(member -> new Scale(member, 0))
          .toList();
    }
    return deployment.recreate() ? List.of() : share(rollout);
  }

  /** The single active ReplicaSet, the newest when none is active, or null when several are. */
  private static @Nullable Member activeOrLatest(Rollout rollout) {
    List<Member> active = rollout.active();
    if (active.size() == 1) {
      return active.getFirst();
    }
    if (active.size() > 1) {
      return null;
    }
    if (rollout.latest() != null) {
      return rollout.latest();
    }
    return rollout.old().isEmpty() ? null : rollout.old().getLast();
  }

  private static boolean saturated(Rollout rollout) {
    Member latest = rollout.latest();
    int wanted = rollout.deployment().replicas();
    return latest != null
        && latest.number(Annotations.DESIRED, -1) == wanted
        && latest.replicas() == wanted
        && latest.status().available() == wanted;
  }

  private static List<Scale> share(Rollout rollout) {
    Deployment deployment = rollout.deployment();
    int allowed =
        deployment.replicas() == 0 ? 0 : deployment.replicas() + Limits.of(deployment).surge();
    int toAdd = allowed - rollout.wanted();
    Comparator<Member> order =
        Comparator.comparingInt((Member member) -> -member.replicas())
            .thenComparing(toAdd > 0 ? Member.BY_AGE.reversed() : Member.BY_AGE);
    List<Scale> scales = new ArrayList<>();
    int added = 0;
    for (Member member : rollout.active().stream().sorted(order).toList()) {
      int part = part(member, deployment, toAdd, added);
      added += part;
      scales.add(new Scale(member, member.replicas() + part));
    }
    if (!scales.isEmpty() && toAdd != 0) {
      Scale first = scales.getFirst();
      scales.set(0, new Scale(first.member(), Math.max(0, first.to() + toAdd - added)));
    }
    return scales;
  }

  private static int part(Member member, Deployment deployment, int toAdd, int added) {
    int left = toAdd - added;
    if (left == 0) {
      return 0;
    }
    int part = fraction(member, deployment);
    return toAdd > 0 ? Math.min(part, left) : Math.max(part, left);
  }

  /** By how much this ReplicaSet alone would change to keep its share. */
  private static int fraction(Member member, Deployment deployment) {
    if (deployment.replicas() == 0) {
      return -member.replicas();
    }
    long max = deployment.replicas() + (long) Limits.of(deployment).surge();
    long maxBefore = Math.max(1, member.number(Annotations.MAX, max));
    return (int) Math.round((double) member.replicas() * max / maxBefore) - member.replicas();
  }
}
