package dev.fairlead.kubelet.runtime;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.kubelet.network.PodAttachment;
import java.nio.file.Path;

/**
 * What a pod's sandbox is made of.
 *
 * @param network where its processes are born
 * @param hostname what it calls itself
 * @param hostIpc whether it shares the machine's System V IPC and POSIX message queues
 * @param processes which of them its containers see
 * @param directory the pod's own directory, which holds the files to put over those in {@code
 *     /etc}: {@code resolv.conf}, {@code hosts}, {@code hostname}
 */
public record SandboxSpec(
    ObjectKey pod,
    String uid,
    PodAttachment network,
    String hostname,
    boolean hostIpc,
    Processes processes,
    Path directory) {

  /** Whose processes a container sees. */
  public enum Processes {
    /** Its own. */
    OF_CONTAINER,
    /** Those of its pod ({@code shareProcessNamespace}). */
    OF_POD,
    /** All of the machine ({@code hostPID}). */
    OF_MACHINE
  }

  /** The same with another view of processes. */
  SandboxSpec with(Processes other) {
    return new SandboxSpec(pod, uid, network, hostname, hostIpc, other, directory);
  }
}
