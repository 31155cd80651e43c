package dev.fairlead.kubelet;

import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.kubelet.network.NodeNetwork;
import dev.fairlead.kubelet.runtime.ContainerRuntime;
import java.io.IOException;
import java.time.Clock;
import java.util.OptionalLong;

/**
 * One node's kubelet: registers the node, runs its pods and says how they are. Several may live in
 * one JVM.
 */
public final class Kubelet implements AutoCloseable {

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
      Clock clock) {}

  /**
   * Starts registering the node and running its pods; returns at once.
   *
   * @throws IOException when the HTTPS API cannot listen
   */
  public void start() throws IOException {}

  /** The process through which a pod's namespaces can be entered; empty when it has no sandbox. */
  public OptionalLong sandbox(ObjectKey pod) {
    return OptionalLong.empty();
  }

  /** Stops watching and kills every process of this node's pods. Their objects stay. */
  @Override
  public void close() {}
}
