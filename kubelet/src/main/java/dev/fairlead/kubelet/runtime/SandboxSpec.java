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
 * @param directory the pod's own directory, which holds the files to put over those in {@code
 *     /etc}: {@code resolv.conf}, {@code hosts}, {@code hostname}
 */
public record SandboxSpec(
    ObjectKey pod,
    String uid,
    PodAttachment network,
    String hostname,
    boolean hostIpc,
    Path directory) {}
