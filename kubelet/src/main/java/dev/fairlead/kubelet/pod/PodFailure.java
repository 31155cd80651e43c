package dev.fairlead.kubelet.pod;

/**
 * Why the kubelet ends a pod by itself.
 *
 * @param reason for {@code status.reason} and the event, for example {@code DeadlineExceeded}
 * @param why for the event
 * @param rejected whether the pod is refused before anything of it runs
 */
public record PodFailure(String reason, String why, boolean rejected) {
  /** Its {@code activeDeadlineSeconds} are over. */
  public static final PodFailure DEADLINE_EXCEEDED =
      new PodFailure(
          "DeadlineExceeded",
          "Pod was active on the node longer than the specified deadline",
          false);

  /** Another pod of the node has one of its host ports. */
  public static final PodFailure NODE_PORTS =
      new PodFailure(
          "NodePorts",
          "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
          true);

  /** For {@code status.message}. */
  String message() {
    return rejected ? "Pod was rejected: " + why : why;
  }
}
