package dev.fairlead.cluster;

import dev.fairlead.api.Document;
import dev.fairlead.api.view.Node;
import dev.fairlead.client.Informer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each node's pod network to that node, in the router: what a cloud's route controller does.
 */
final class PodRoutes implements Informer.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(PodRoutes.class);
  private final LocalNetwork network;

  PodRoutes(LocalNetwork network) {
    this.network = network;
  }

  @Override
  public void onChange(@Nullable Document before, @Nullable Document after) {
    if (after == null || (before != null && route(before).equals(route(after)))) {
      return;
    }
    Route route = route(after);
    if (route.podNetwork().isEmpty() || route.nodeAddress().isEmpty()) {
      return;
    }
    try {
      network.routePods(route.podNetwork(), route.nodeAddress());
    } catch (IOException e) {
      LOG.error("pods of {} cannot be reached: {}", after.name(), e.getMessage());
    }
  }

  private static Route route(Document document) {
    Node node = Node.of(document);
    String network = node.podCidrs().isEmpty() ? "" : node.podCidrs().getFirst();
    return new Route(network, node.internalIp());
  }

  private record Route(String podNetwork, String nodeAddress) {}
}
