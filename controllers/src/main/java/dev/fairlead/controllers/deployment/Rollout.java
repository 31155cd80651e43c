package dev.fairlead.controllers.deployment;

import dev.fairlead.api.Document;
import dev.fairlead.api.view.Deployment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment with its ReplicaSets, at one moment.
 *
 * @param latest the ReplicaSet of the present template; null before it exists
 * @param old the others, oldest first
 */
record Rollout(
    Document document, Deployment deployment, @Nullable Member latest, List<Member> old) {
  Rollout {
    old = List.copyOf(old);
  }

  /** Finds the latest among the ReplicaSets: the oldest with the present template. */
  static Rollout of(Document document, Collection<Document> replicaSets) {
    Deployment deployment = Deployment.of(document);
    List<Member> old = new ArrayList<>();
    Member latest = null;
    for (Member member : replicaSets.stream().map(Member::of).sorted(Member.BY_AGE).toList()) {
      if (latest == null
          && PodTemplateHash.same(
              member.document().spec().path("template"), deployment.template())) {
        latest = member;
      } else {
        old.add(member);
      }
    }
    return new Rollout(document, deployment, latest, old);
  }

  Rollout withLatest(Member member) {
    return new Rollout(document, deployment, member, old);
  }

  /** Old and latest, oldest first. */
  List<Member> all() {
    List<Member> all = new ArrayList<>(old);
    if (latest != null) {
      all.add(latest);
    }
    return all;
  }

  /** Those that want pods. */
  List<Member> active() {
    return all().stream().filter(Member::active).toList();
  }

  /** Wanted pods of all ReplicaSets. */
  int wanted() {
    return all().stream().mapToInt(Member::replicas).sum();
  }

  /** Available pods of all ReplicaSets. */
  int available() {
    return all().stream().mapToInt(member -> member.status().available()).sum();
  }

  /** Whether a ReplicaSet was last scaled for another number of replicas than is wanted now. */
  boolean scalingEvent() {
    return active().stream()
        .anyMatch(member ->
            member.number(Annotations.DESIRED, deployment.replicas()) != deployment.replicas());
  }

  /** The revision that the present template has, or gets. */
  long revision() {
    return old.stream().mapToLong(Member::revision).max().orElse(0) + 1;
  }
}
