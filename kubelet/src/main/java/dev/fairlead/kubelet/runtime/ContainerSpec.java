package dev.fairlead.kubelet.runtime;

import dev.fairlead.kubelet.log.ContainerLog;
import java.util.List;
import java.util.Map;

/**
 * A container, ready to be started.
 *
 * @param command the whole command line
 * @param env all of its environment
 * @param workingDir absolute
 * @param log takes what it prints; closed when it has ended
 */
public record ContainerSpec(
    String name,
    List<String> command,
    Map<String, String> env,
    String workingDir,
    ContainerLog log) {}
