package dev.fairlead.kubelet;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.view.Service;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.kubelet.network.NodeNetwork;
import dev.fairlead.kubelet.node.NodeFacts;
import dev.fairlead.kubelet.node.NodeRegistrar;
import dev.fairlead.kubelet.pod.HostPortClaims;
import dev.fairlead.kubelet.pod.NodeAllocations;
import dev.fairlead.kubelet.pod.PodContext;
import dev.fairlead.kubelet.pod.PodManager;
import dev.fairlead.kubelet.probe.Prober;
import dev.fairlead.kubelet.runtime.ContainerRuntime;
import dev.fairlead.kubelet.server.KubeletServer;
import dev.fairlead.kubelet.stats.Owner;
import dev.fairlead.kubelet.stats.ProcUsage;
import dev.fairlead.kubelet.stats.Sampler;
import dev.fairlead.kubelet.stats.StatsPages;
import dev.fairlead.kubelet.volume.ObjectWatches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One node's kubelet: registers the node, runs its pods and says how they are. Several may live in
 * one JVM.
 */
public final class Kubelet implements AutoCloseable {
  private final KubeApi api;
  private final NodeNetwork network;
  private final SystemTimers timers;
  private final ObjectWatches watches;
  private final PodManager pods;
  private final NodeRegistrar registrar;
  private final Sampler sampler;
  private final @Nullable KubeletServer server;
  private volatile @Nullable SharedInformer services;

  /**
   * A kubelet that does nothing yet.
   *
   * @param network the node's side of the pod network; closed by the kubelet
   * @param events told what a person would want to know, as {@code kubelet} on this node
   */
  public Kubelet(
      KubeApi api,
      KubeletSettings settings,
      NodeNetwork network,
      ContainerRuntime runtime,
      EventRecorder events,
      Clock clock) {
    this.api = api;
    this.network = network;
    NodeFacts facts = NodeFacts.read(settings.stateDirectory());
    this.watches = new ObjectWatches(api);
    this.timers = new SystemTimers("kubelet-" + settings.nodeName());
    EventRecorder own = events.as("kubelet");
    PodContext context =
        new PodContext(
            api,
            settings,
            network,
            runtime,
            new Prober(network),
            own,
            clock,
            timers,
            watches,
            facts.allocatable(),
            new HostPortClaims(),
            new NodeAllocations(),
            this::services);
    this.pods = new PodManager(context);
    this.registrar =
        new NodeRegistrar(api, settings, facts, runtime.name(), own, clock, this::podCidr);
    this.sampler = new Sampler(new ProcUsage(), this::running, clock, timers);
    StatsPages stats =
        new StatsPages(
            settings.nodeName(), sampler, pods::running, () -> pods.pods().size(), clock.instant());
    this.server = settings.tls() == null ? null : new KubeletServer(settings, pods, stats, clock);
  }

  /**
   * Starts registering the node and running its pods; returns at once.
   *
   * @throws IOException when the HTTPS API cannot listen
   */
  public void start() throws IOException {
    if (server != null) {
      server.start(network);
    }
    if (server != null) {
      sampler.start();
    }
    services = SharedInformer.builder(api, Kinds.SERVICE).start();
    registrar.start();
    pods.start(services);
  }

  /** The process through which a pod's namespaces can be entered; empty when it has no sandbox. */
  public OptionalLong sandbox(ObjectKey pod) {
    return pods.sandbox(pod);
  }

  /** Stops watching and ends every process of this node's pods. Their objects stay. */
  @Override
  public void close() {
    registrar.close();
    sampler.close();
    pods.close();
    watches.close();
    if (server != null) {
      server.close();
    }
    SharedInformer known = services;
    if (known != null) {
      known.close();
    }
    timers.close();
    network.close();
  }

  private void podCidr(String range) {
    try {
      network.start(range);
      pods.open();
    } catch (IOException e) {
      throw new UncheckedIOException("start the pod network " + range + ": " + e.getMessage(), e);
    }
  }

  private Map<Owner, Instant> running() {
    Map<Owner, Instant> result = new HashMap<>();
    pods.running().forEach(each -> result.put(new Owner(each.podUid(), each.name()), each.since()));
    return result;
  }

  private Collection<Service> services() {
    SharedInformer known = services;
    Collection<Document> all = known == null ? List.of() : known.all();
    return all.stream().map(Service::of).toList();
  }
}
