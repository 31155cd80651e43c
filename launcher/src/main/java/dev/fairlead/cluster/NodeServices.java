package dev.fairlead.cluster;

import dev.fairlead.discovery.Discovery;
import dev.fairlead.dns.ClusterZone;
import dev.fairlead.dns.DnsServer;
import dev.fairlead.dns.DnsSettings;
import dev.fairlead.linux.NetworkNamespace;
import dev.fairlead.proxy.Proxy;
import dev.fairlead.proxy.ProxySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.time.InstantSource;
import java.util.List;

/** What runs on every node besides the kubelet: the proxy and the DNS, in the node's namespace. */
final class NodeServices implements AutoCloseable {
  private static final int DNS_PORT = 53;

  private final CloseStack parts;
  private final Proxy proxy;

  private NodeServices(CloseStack parts, Proxy proxy) {
    this.parts = parts;
    this.proxy = proxy;
  }

  /** Starts both; the kernel is left alone until the image is synced. */
  static NodeServices start(
      String name,
      ClusterSettings.Addresses addresses,
      NetworkNamespace namespace,
      Discovery discovery,
      ClusterZone zone)
      throws IOException {
    CloseStack parts = new CloseStack();
    try {
      Proxy proxy =
          parts.add(Proxy.open(proxySettings(name, addresses), namespace, InstantSource.system()));
      proxy.start(discovery);
      parts.add(dns(addresses, namespace, zone));
      return new NodeServices(parts, proxy);
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** Whether the kernel serves the image. */
  boolean programmed() {
    return proxy.last() != null;
  }

  Proxy proxy() {
    return proxy;
  }

  private static ProxySettings proxySettings(String name, ClusterSettings.Addresses addresses) {
    return new ProxySettings(
        name, addresses.podNetwork(), addresses.serviceNetwork(), List.of(addresses.dnsService()));
  }

  /** The DNS address is the node's own, on its loopback link, so no translation is needed. */
  private static DnsServer dns(
      ClusterSettings.Addresses addresses, NetworkNamespace namespace, ClusterZone zone)
      throws IOException {
    namespace.links().addHostAddress("lo", addresses.dnsService() + "/32");
    InetAddress address = InetAddress.ofLiteral(addresses.dnsService());
    InetSocketAddress socket = new InetSocketAddress(address, DNS_PORT);
    DatagramChannel udp =
        namespace.call(() -> DatagramChannel.open(StandardProtocolFamily.INET).bind(socket));
    ServerSocketChannel tcp =
        namespace.call(() -> ServerSocketChannel.open(StandardProtocolFamily.INET).bind(socket));
    DnsSettings settings =
        DnsSettings.of(addresses.clusterDomain(), address).withUpstreams(HostResolvers.read());
    return DnsServer.start(settings, zone, udp, tcp);
  }

  @Override
  public void close() {
    parts.close();
  }
}
