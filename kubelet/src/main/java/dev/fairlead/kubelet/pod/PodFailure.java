package dev.fairlead.kubelet.pod;

/**
 * Why the kubelet ends a pod by itself.
 *
 * @param reason for {@code status.reason}, for example {@code DeadlineExceeded}
 * @param message for {@code status.message}
 */
public record PodFailure(String reason, String message) {
  /** Its {@code activeDeadlineSeconds} are over. */
  public static final PodFailure DEADLINE_EXCEEDED =
      new PodFailure(
          "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");
}
