package dev.fairlead.kubelet.network;

import dev.fairlead.api.view.HostPort;
import dev.fairlead.linux.Errno;
import dev.fairlead.linux.LinkException;
import dev.fairlead.linux.Links;
import dev.fairlead.linux.Namespaces;
import dev.fairlead.linux.NetworkNamespace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pods behind point-to-point links. Each pod has a namespace with one veth end, {@code eth0}, which
 * carries the pod's address as a /32 and sends everything to the gateway address; the node has that
 * gateway address on its loopback, so it answers for it on every link, and one route per pod.
 *
 * <p>There is no bridge: two pods of a node talk through the node's routing, so the proxy's address
 * translation sees both directions of every connection. {@link HostPorts} does the node's ports.
 */
public final class RoutedNodeNetwork implements NodeNetwork {
  private static final Logger log = LoggerFactory.getLogger(RoutedNodeNetwork.class);

  private final NetworkNamespace node;
  private final AtomicInteger links = new AtomicInteger();
  private volatile @Nullable AddressPool pool;
  private volatile @Nullable HostPorts hostPorts;

  /**
   * The network of one node.
   *
   * @param node the node's namespace, which forwards; not closed by this object
   */
  public RoutedNodeNetwork(NetworkNamespace node) {
    this.node = node;
  }

  @Override
  public void start(String podCidr) throws IOException {
    AddressPool addresses = new AddressPool(podCidr);
    try {
      node.links().addAddress("lo", addresses.gateway() + "/32");
    } catch (LinkException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
    // A pod's reply may leave by the link it came from; telling the pod a shorter way would be
    // wrong.
    node.links().sysctl("net.ipv4.conf.all.send_redirects", "0");
    hostPorts = HostPorts.start(node);
    pool = addresses;
  }

  @Override
  public PodAttachment attach(String pod, List<HostPort> ports) throws IOException {
    AddressPool addresses = started();
    String address = addresses.take();
    try {
      return attach(pod, address, addresses, ports);
    } catch (IOException | RuntimeException e) {
      addresses.free(address);
      throw e;
    }
  }

  private PodAttachment attach(
      String pod, String address, AddressPool addresses, List<HostPort> ports) throws IOException {
    NetworkNamespace namespace = Namespaces.create(pod);
    String link = "veth" + Integer.toHexString(links.incrementAndGet());
    try {
      node.links().addVeth(link, namespace, "eth0");
      configure(link, namespace, address, addresses.gateway());
      open(address, ports);
    } catch (IOException | RuntimeException e) {
      deleteLink(link);
      namespace.close();
      throw e;
    }
    AtomicReference<@Nullable NetworkNamespace> open = new AtomicReference<>(namespace);
    return new Attached(
        address,
        namespace,
        true,
        () -> {
          if (open.getAndSet(null) != null) {
            close(address);
            deleteLink(link);
            namespace.close();
            addresses.free(address);
          }
        });
  }

  private void open(String address, List<HostPort> ports) throws IOException {
    HostPorts known = hostPorts;
    if (known != null) {
      known.open(address, ports);
    }
  }

  private void close(String address) {
    HostPorts known = hostPorts;
    if (known != null) {
      known.close(address);
    }
  }

  private void configure(String link, NetworkNamespace pod, String address, String gateway)
      throws IOException {
    Links inside = pod.links();
    inside.addAddress("eth0", address + "/32");
    inside.setUp("eth0");
    node.links().sysctl("net.ipv4.conf." + link + ".send_redirects", "0");
    node.links().setUp(link);
    inside.putLinkRoute(gateway + "/32", "eth0");
    inside.putRoute("default", List.of(gateway));
    node.links().putLinkRoute(address + "/32", link);
  }

  @Override
  public PodAttachment host(String nodeAddress) {
    return new Attached(nodeAddress, node, false, () -> {});
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
  public void close() {
    HostPorts open = hostPorts;
    if (open != null) {
      open.close();
    }
    AddressPool addresses = pool;
    pool = null;
    if (addresses == null) {
      return;
    }
    try {
      node.links().deleteAddress("lo", addresses.gateway() + "/32");
    } catch (IOException e) {
      log.debug("{}: the gateway address stays: {}", node.name(), e.getMessage());
    }
  }

  private AddressPool started() {
    AddressPool known = pool;
    if (known == null) {
      throw new IllegalStateException("the network has not been started");
    }
    return known;
  }

  private void deleteLink(String link) {
    try {
      node.links().delete(link);
    } catch (LinkException e) {
      if (e.errno() != Errno.ENODEV) {
        log.warn("{}: link {} stays: {}", node.name(), link, e.getMessage());
      }
    } catch (IOException e) {
      log.warn("{}: link {} stays: {}", node.name(), link, e.getMessage());
    }
  }

  private record Attached(String address, NetworkNamespace namespace, boolean own, Runnable release)
      implements PodAttachment {
    @Override
    public void close() {
      release.run();
    }
  }
}
