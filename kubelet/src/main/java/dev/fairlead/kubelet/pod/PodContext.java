package dev.fairlead.kubelet.pod;

import dev.fairlead.api.KubeApi;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.api.view.Service;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.kubelet.KubeletSettings;
import dev.fairlead.kubelet.Timers;
import dev.fairlead.kubelet.network.NodeNetwork;
import dev.fairlead.kubelet.probe.Prober;
import dev.fairlead.kubelet.runtime.ContainerRuntime;
import dev.fairlead.kubelet.volume.ObjectWatches;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the workers of one node share.
 *
 * @param watches of what volumes are made of
 * @param allocatable what the node has, by resource
 * @param hostPorts which pod has which ports of the node
 * @param allocations what the pods were promised
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
    ObjectWatches watches,
    Map<String, Quantity> allocatable,
    HostPortClaims hostPorts,
    NodeAllocations allocations,
    Supplier<Collection<Service>> services) {}
