package dev.fairlead.kubelet.network;

import dev.fairlead.api.view.HostPort;
import dev.fairlead.linux.Namespaces;
import dev.fairlead.linux.NetworkNamespace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Addresses and nothing else: for the {@code simulated} runtime and for tests. */
public final class SimulatedNodeNetwork implements NodeNetwork {
  private final NetworkNamespace node;
  private volatile @Nullable AddressPool pool;

  /** A node that lives in this process's own namespace. */
  public SimulatedNodeNetwork() {
    this(Namespaces.host());
  }

  /** A node with a namespace of its own; only its pods are pretended. */
  public SimulatedNodeNetwork(NetworkNamespace node) {
    this.node = node;
  }

  @Override
  public void start(String podCidr) {
    pool = new AddressPool(podCidr);
  }

  @Override
  public PodAttachment attach(String pod, List<HostPort> ports) throws IOException {
    AddressPool known = pool;
    if (known == null) {
      throw new IllegalStateException("the network has not been started");
    }
    String address = known.take();
    AtomicBoolean open = new AtomicBoolean(true);
    return new Pretended(
        address,
        () -> {
          if (open.getAndSet(false)) {
            known.free(address);
          }
        });
  }

  @Override
  public PodAttachment host(String nodeAddress) {
    return new Pretended(nodeAddress, () -> {});
  }

  @Override
  public SocketChannel openSocket() throws IOException {
    return node.call(() -> SocketChannel.open(StandardProtocolFamily.INET));
  }

  @Override
  public <T> T call(Callable<T> code) throws IOException {
    return node.call(code);
  }

  @Override
  public void close() {}

  private record Pretended(String address, Runnable release) implements PodAttachment {
    @Override
    public @Nullable NetworkNamespace namespace() {
      return null;
    }

    @Override
    public boolean own() {
      return false;
    }

    @Override
    public void close() {
      release.run();
    }
  }
}
