package dev.fairlead.kubelet.pod;

import dev.fairlead.api.KubeApi;
import dev.fairlead.api.view.Service;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.kubelet.KubeletSettings;
import dev.fairlead.kubelet.Timers;
import dev.fairlead.kubelet.network.NodeNetwork;
import dev.fairlead.kubelet.probe.Prober;
import dev.fairlead.kubelet.runtime.ContainerRuntime;
import java.time.Clock;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * What the workers of one node share.
 *
 * @param services every service that is known, complete from the first sync on
 */
public record PodContext(
    KubeApi api,
    KubeletSettings settings,
    NodeNetwork network,
    ContainerRuntime runtime,
    Prober prober,
    EventRecorder events,
    Clock clock,
    Timers timers,
    Supplier<Collection<Service>> services) {}
