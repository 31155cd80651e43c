package dev.fairlead.kubelet.runtime;

import dev.fairlead.api.view.Container.Console;
import dev.fairlead.kubelet.cgroup.Limits;
import dev.fairlead.kubelet.log.ContainerLog;
import dev.fairlead.kubelet.root.RootSpec;
import dev.fairlead.kubelet.security.Identity;
import java.util.List;
import java.util.Map;

/**
 * A container, ready to be started.
 *
 * @param command the whole command line
 * @param env all of its environment
 * @param workingDir absolute
 * @param console whether it takes input and has a terminal
 * @param root what it sees as its files
 * @param identity as whom it runs
 * @param target the container whose processes it shares; empty for none (API: {@code
 *     targetContainerName})
 * @param limits what it may use
 * @param oomScoreAdjust how soon it goes when the machine has no memory left, from -1000 to 1000
 * @param log takes what it prints; closed when it has ended
 */
public record ContainerSpec(
    String name,
    List<String> command,
    Map<String, String> env,
    String workingDir,
    Console console,
    RootSpec root,
    Identity identity,
    String target,
    Limits limits,
    int oomScoreAdjust,
    ContainerLog log) {

  /** The same container with another command line. */
  public ContainerSpec withCommand(List<String> other) {
    return new ContainerSpec(
        name, other, env, workingDir, console, root, identity, target, limits, oomScoreAdjust, log);
  }
}
