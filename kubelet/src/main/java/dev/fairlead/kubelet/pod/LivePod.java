package dev.fairlead.kubelet.pod;

import dev.fairlead.kubelet.runtime.ContainerProcess;
import dev.fairlead.kubelet.runtime.ContainerSpec;
import dev.fairlead.kubelet.runtime.ContainerStartException;
import dev.fairlead.kubelet.runtime.RunningCommand;
import dev.fairlead.kubelet.streaming.StreamedPods.Registration;
import dev.fairlead.kubelet.streaming.StreamedPods.StreamedPod;
import dev.fairlead.linux.NetworkNamespace;
import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A pod as streams see it: the pod's worker changes it, sessions on other threads use it. */
final class LivePod implements StreamedPod {
  private final String uid;
  private final Map<String, Running> containers = new ConcurrentHashMap<>();
  private final Set<End> ends = ConcurrentHashMap.newKeySet();
  private volatile @Nullable PodSandboxes sandbox;

  private record Running(ContainerSpec spec, ContainerProcess process, Instant since) {}

  /** One registration; two of the same action are two. */
  private static final class End {
    final Runnable action;

    End(Runnable action) {
      this.action = action;
    }
  }

  LivePod(String uid) {
    this.uid = uid;
  }

  /** The namespaces exist. */
  void opened(PodSandboxes made) {
    sandbox = made;
  }

  /** The namespaces are given up: sessions end. */
  void closed() {
    sandbox = null;
    for (End end : List.copyOf(ends)) {
      if (ends.remove(end)) {
        end.action.run();
      }
    }
  }

  /** A container runs. */
  void started(ContainerSpec spec, ContainerProcess process, Instant since) {
    containers.put(spec.name(), new Running(spec, process, since));
  }

  /** A container has ended. */
  void ended(String container) {
    containers.remove(container);
  }

  /** The containers that run, and since when. */
  Map<String, Instant> running() {
    Map<String, Instant> result = new TreeMap<>();
    containers.forEach((name, running) -> result.put(name, running.since()));
    return result;
  }

  /** Whether there are namespaces. */
  boolean isOpen() {
    return sandbox != null;
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Socket connect(int port) throws IOException {
    NetworkNamespace namespace = sandboxes().attachment().namespace();
    if (namespace == null) {
      throw new IOException("the pod's network is only pretended");
    }
    return LoopbackDialer.dial(namespace, port);
  }

  @Override
  public boolean runs(String container) {
    return containers.containsKey(container);
  }

  @Override
  public RunningCommand exec(String container, List<String> command, boolean tty)
      throws ContainerStartException, IOException {
    return sandboxes().sandbox().open(running(container).spec(), command, tty);
  }

  @Override
  public RunningCommand attach(String container) throws IOException {
    Running running = running(container);
    return new AttachedContainer(running.process(), running.spec().console());
  }

  @Override
  public Registration onEnd(Runnable action) {
    End end = new End(action);
    ends.add(end);
    if (sandbox == null && ends.remove(end)) {
      action.run();
    }
    return () -> ends.remove(end);
  }

  private PodSandboxes sandboxes() throws IOException {
    PodSandboxes known = sandbox;
    if (known == null) {
      throw new IOException("the pod has ended");
    }
    return known;
  }

  private Running running(String container) throws IOException {
    Running running = containers.get(container);
    if (running == null) {
      throw new IOException("container \"%s\" is not running".formatted(container));
    }
    return running;
  }
}
