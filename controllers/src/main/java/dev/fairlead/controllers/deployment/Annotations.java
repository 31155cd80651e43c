package dev.fairlead.controllers.deployment;

import dev.fairlead.api.view.Deployment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The annotations that a Deployment's controller keeps on it and on its ReplicaSets. Pure. */
final class Annotations {
  static final String REVISION = "deployment.kubernetes.io/revision";
  static final String HISTORY = "deployment.kubernetes.io/revision-history";
  static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
  static final String MAX = "deployment.kubernetes.io/max-replicas";

  private static final int HISTORY_LENGTH_MAX = 2000;

  /** Those of the Deployment that its ReplicaSets do not inherit. */
  private static final Set<String> NOT_INHERITED =
      Set.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          REVISION,
          HISTORY,
          DESIRED,
          MAX,
          "deprecated.deployment.rollback.to");

  private Annotations() {}

  /** What scaling leaves on a ReplicaSet: for which size it was last scaled. */
  static Map<String, String> scaled(Deployment deployment) {
    int max = deployment.replicas() + Limits.of(deployment).surge();
    return Map.of(
        DESIRED, Integer.toString(deployment.replicas()),
        MAX, Integer.toString(max));
  }

  /**
   * Everything that the latest ReplicaSet shall be annotated with.
   *
   * @param latest null when it does not exist yet
   */
  static Map<String, String> latest(Rollout rollout, @Nullable Member latest) {
    Map<String, String> wanted = new LinkedHashMap<>();
    if (latest != null) {
      wanted.putAll(latest.document().meta().annotations());
    }
    rollout
        .document()
        .meta()
        .annotations()
        .forEach((name, value) -> {
          if (!NOT_INHERITED.contains(name)) {
            wanted.put(name, value);
          }
        });
    if (latest == null) {
      wanted.put(REVISION, Long.toString(rollout.revision()));
      wanted.putAll(scaled(rollout.deployment()));
    } else if (latest.revision() < rollout.revision()) {
      wanted.put(REVISION, Long.toString(rollout.revision()));
      remember(wanted, latest);
    }
    return wanted;
  }

  /** Adds the revision that a ReplicaSet had, when it is rolled back to. */
  private static void remember(Map<String, String> wanted, Member latest) {
    String before = latest.document().meta().annotations().get(REVISION);
    if (before == null) {
      return;
    }
    String history = wanted.getOrDefault(HISTORY, "");
    String longer = history.isEmpty() ? before : history + "," + before;
    while (longer.length() > HISTORY_LENGTH_MAX && longer.contains(",")) {
      longer = longer.substring(longer.indexOf(',') + 1);
    }
    wanted.put(HISTORY, longer);
  }
}
