package dev.fairlead.kubelet.probe;

import dev.fairlead.api.view.Container;
import dev.fairlead.kubelet.runtime.ContainerSpec;
import dev.fairlead.kubelet.runtime.PodSandbox;

/**
 * The running container that is checked.
 *
 * @param podIp where it listens
 */
public record ProbeTarget(
    Container container, ContainerSpec spec, PodSandbox sandbox, String podIp) {}
