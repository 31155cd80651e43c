package dev.fairlead.cluster;

import dev.fairlead.controllers.loadbalancer.LoadBalancerProvider;
import dev.fairlead.host.StateDirectory;
import dev.fairlead.host.StateLock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** A control plane on its own: API server and controllers, no node, network or load balancers. */
public final class Server implements AutoCloseable {
  private final CloseStack parts = new CloseStack();

  private Server() {}

  /**
   * Starts a server over the objects in {@code state}; the administrator's kubeconfig is written
   * there.
   *
   * @param sockets where to listen
   * @throws IOException when an address cannot be had, in one sentence
   */
  public static Server start(
      ClusterSettings settings, StateDirectory state, List<InetSocketAddress> sockets)
      throws IOException {
    Server server = new Server();
    try {
      server.parts.add(StateLock.take(state));
      ServiceRange.keep(settings, state);
      ControlPlane plane =
          server.parts.add(ControlPlane.start(settings, state, LoadBalancerProvider.NONE));
      for (InetSocketAddress socket : sockets) {
        plane.listen(socket);
      }
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  @Override
  public void close() {
    parts.close();
  }
}
