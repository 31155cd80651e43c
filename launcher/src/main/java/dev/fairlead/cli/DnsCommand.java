package dev.fairlead.cli;

import dev.fairlead.cluster.ClusterSettings.Addresses;
import dev.fairlead.cluster.RemoteDiscovery;
import dev.fairlead.dns.DnsServer;
import dev.fairlead.dns.DnsSettings;
import dev.fairlead.host.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "dns",
    description = "Answer the cluster's names on this machine, in the foreground.")
final class DnsCommand implements Callable<Integer> {
  private static final int DNS_PORT = 53;

  @Mixin private ApiAccess access = new ApiAccess();

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "IPv4 address to answer on, port 53 (default: ${DEFAULT-VALUE}).")
  private String listen = "";

  @Option(
      names = "--cluster-domain",
      paramLabel = "DOMAIN",
      description = "The base domain of services (default: cluster.local).")
  private String domain = Addresses.DEFAULT.clusterDomain();

  @Option(
      names = "--upstream",
      paramLabel = "ADDRESS",
      description = "A resolver for all other names; may be given more than once. Default: none.")
  private List<String> upstreams = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    DnsSettings settings = settings();
    InetSocketAddress socket = new InetSocketAddress(settings.address(), DNS_PORT);
    try (UntilStopped signal = new UntilStopped();
        RemoteDiscovery remote = new RemoteDiscovery(access.settings(), "fairlead-dns");
        DnsServer server =
            DnsServer.start(settings, remote.discovery(), udp(socket), tcp(socket))) {
      System.out.println("answering on " + listen + ":" + DNS_PORT);
      signal.await();
    }
    return 0;
  }

  private DnsSettings settings() {
    try {
      return DnsSettings.of(domain, InetAddress.ofLiteral(listen))
          .withUpstreams(
              upstreams.stream()
                  .map(address -> new InetSocketAddress(InetAddress.ofLiteral(address), DNS_PORT))
                  .toList());
    } catch (IllegalArgumentException e) {
      throw new Failure(2, String.valueOf(e.getMessage()));
    }
  }

  private static DatagramChannel udp(InetSocketAddress socket) throws IOException {
    return bound(socket, () -> DatagramChannel.open(StandardProtocolFamily.INET).bind(socket));
  }

  private static ServerSocketChannel tcp(InetSocketAddress socket) throws IOException {
    return bound(socket, () -> ServerSocketChannel.open(StandardProtocolFamily.INET).bind(socket));
  }

  private interface Opening<T> {
    T open() throws IOException;
  }

  private static <T> T bound(InetSocketAddress socket, Opening<T> opening) throws IOException {
    try {
      return opening.open();
    } catch (java.net.BindException e) {
      throw new Failure(
          "--listen: cannot answer on %s:%d: %s"
              .formatted(socket.getHostString(), DNS_PORT, e.getMessage()));
    }
  }
}
