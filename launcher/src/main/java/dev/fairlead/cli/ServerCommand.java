package dev.fairlead.cli;

import dev.fairlead.cluster.ClusterSettings;
import dev.fairlead.cluster.ClusterSettings.Addresses;
import dev.fairlead.cluster.Server;
import dev.fairlead.controllers.loadbalancer.PoolSettings;
import dev.fairlead.host.Failure;
import dev.fairlead.host.HostAddress;
import dev.fairlead.host.ListeningPort;
import dev.fairlead.host.StateDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "server",
    description = "Run the API server and the controllers, without nodes, in the foreground.")
final class ServerCommand implements Callable<Integer> {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int PORT_MAX = 65_535;

  @Mixin private ControlPlaneOptions plane = new ControlPlaneOptions();

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      defaultValue = LOOPBACK,
      description = {
        "IPv4 address to listen on beside the loopback address;",
        "0.0.0.0 for all (default: ${DEFAULT-VALUE})."
      })
  private String listen = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "6443",
      description = "The port to listen on (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--advertise-address",
      paramLabel = "ADDRESS",
      description = {
        "The address at which nodes and pods find this server: the endpoint of the Service",
        "\"kubernetes\" (default: the one listened on, else the first of this machine)."
      })
  private String advertise = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    StateDirectory state = Home.state();
    ClusterSettings settings = settings();
    List<InetSocketAddress> sockets = sockets();
    sockets.forEach(socket -> ListeningPort.requireFree(socket.getAddress(), port));
    try (UntilStopped signal = new UntilStopped();
        Server server = Server.start(settings, state, sockets)) {
      sockets.forEach(socket ->
          System.out.println("serving on https://%s:%d".formatted(socket.getHostString(), port)));
      System.out.println("kubeconfig: " + state.kubeconfig());
      signal.await();
    }
    return 0;
  }

  private ClusterSettings settings() {
    ControlPlaneOptions.checked("--port", this::checkedPort);
    Addresses addresses = plane.addresses().withApiServer(advertised(), port);
    return new ClusterSettings(
        1, plane.store(), ClusterSettings.RuntimeKind.SIMULATED, addresses, PoolSettings.DEFAULT);
  }

  private int checkedPort() {
    if (port < 1 || port > PORT_MAX) {
      throw new IllegalArgumentException("must be between 1 and 65535, not " + port);
    }
    return port;
  }

  private String advertised() {
    if (!advertise.isEmpty()) {
      InetAddress address = address("--advertise-address", advertise);
      if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
        throw new Failure(2, "--advertise-address: no other machine reaches " + advertise);
      }
      return advertise;
    }
    InetAddress own = address("--listen", listen);
    return own.isLoopbackAddress() || own.isAnyLocalAddress()
        ? HostAddress.first()
            .orElseThrow(() ->
                new Failure(
                    2, "this machine has no address but loopback; give one by --advertise-address"))
        : listen;
  }

  /** The loopback address is always among them, because the kubeconfig names it. */
  private List<InetSocketAddress> sockets() {
    InetAddress own = address("--listen", listen);
    Stream<String> addresses =
        own.isAnyLocalAddress() ? Stream.of(listen) : Stream.of(LOOPBACK, listen).distinct();
    return addresses
        .map(address -> new InetSocketAddress(InetAddress.ofLiteral(address), port))
        .toList();
  }

  private static InetAddress address(String option, String text) {
    return ControlPlaneOptions.checked(option, () -> InetAddress.ofLiteral(text));
  }
}
