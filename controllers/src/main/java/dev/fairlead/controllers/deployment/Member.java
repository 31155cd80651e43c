package dev.fairlead.controllers.deployment;

import dev.fairlead.api.Document;
import dev.fairlead.api.view.ReplicaSet;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One ReplicaSet of a Deployment.
 *
 * @param replicas wanted, {@code spec.replicas}
 */
record Member(Document document, int replicas, ReplicaSet.Status status) {
  /** Oldest first, then by name. */
  static final Comparator<Member> BY_AGE =
      Comparator.comparing(Member::created).thenComparing(Member::name);

  static Member of(Document document) {
    ReplicaSet view = ReplicaSet.of(document);
    return new Member(document, view.replicas(), view.status());
  }

  Member scaledTo(int replicas) {
    return new Member(document, replicas, status);
  }

  String name() {
    return document.name();
  }

  boolean active() {
    return replicas > 0;
  }

  Instant created() {
    Instant created = document.meta().creationTimestamp();
    return created == null ? Instant.MAX : created;
  }

  /** The annotated revision; 0 when there is none. */
  long revision() {
    return number(Annotations.REVISION, 0);
  }

  /** A whole number in an annotation, or {@code otherwise}. */
  long number(String annotation, long otherwise) {
    String text = document.meta().annotations().get(annotation);
    return text == null ? otherwise : parse(text, otherwise);
  }

  private static long parse(@Nullable String text, long otherwise) {
    try {
      return text == null ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
