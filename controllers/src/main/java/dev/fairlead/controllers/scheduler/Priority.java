package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import java.time.Instant;
import java.util.Comparator;

/** How important pods are (API: {@code spec.priority}, which admission has filled in). */
final class Priority {
  /** The more important ones first: by priority, then those that have run for longer. */
  static final Comparator<Document> IMPORTANCE =
      Comparator.comparingInt(Priority::of).reversed().thenComparing(Priority::start);

  private Priority() {}

  static int of(Document pod) {
    return pod.spec().path("priority").asInt(0);
  }

  /** Whether it may end others to get their room. */
  static boolean preempts(Document pod) {
    return !pod.spec().path("preemptionPolicy").asText("").equals("Never");
  }

  /** When the pod began to run; later than all others when it has not. */
  static Instant start(Document pod) {
    String start = pod.status().path("startTime").asText("");
    return start.isEmpty() ? Instant.MAX : Instant.parse(start);
  }

  /** The node that a pod was promised room on; empty for none. */
  static String nominated(Document pod) {
    return pod.status().path("nominatedNodeName").asText("");
  }
}
