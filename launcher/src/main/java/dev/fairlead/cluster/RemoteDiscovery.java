package dev.fairlead.cluster;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Target;
import dev.fairlead.api.net.Cidr;
import dev.fairlead.client.ClientSettings;
import dev.fairlead.client.HttpKubeApi;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.discovery.Discovery;
import dev.fairlead.discovery.LiveDiscovery;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The discovery image of a cluster elsewhere, followed over HTTP; against any API server. */
public final class RemoteDiscovery implements AutoCloseable {
  private final CloseStack parts = new CloseStack();
  private final HttpKubeApi api;
  private final InformerFactory informers;
  private final Discovery discovery;

  /**
   * Begins to follow.
   *
   * @param userAgent who asks, for example {@code fairlead-proxy}
   */
  public RemoteDiscovery(ClientSettings settings, String userAgent) {
    api = parts.add(new HttpKubeApi(settings, userAgent));
    informers = parts.add(new InformerFactory(api));
    discovery =
        parts.add(
            LiveDiscovery.start(
                informers.informer(Kinds.SERVICE), informers.informer(Kinds.ENDPOINT_SLICE)));
  }

  public Discovery discovery() {
    return discovery;
  }

  /**
   * Follows where cluster IPs come from; an API server of before there were ServiceCIDRs is taken
   * to have the initial range alone.
   *
   * @param initial an IPv4 range
   * @param follower told of ranges of which no two overlap, now and when they change
   */
  public void followServiceNetworks(String initial, Consumer<List<String>> follower) {
    Cidr range =
        Cidr.parse(initial)
            .orElseThrow(() -> new IllegalArgumentException("no range of addresses: " + initial));
    ServiceRoutes ranges =
        new ServiceRoutes(range, each -> Optional.empty(), ServiceRoutes.Routes.NONE);
    ranges.follow(follower);
    if (served()) {
      informers.informer(Kinds.SERVICE_CIDR).addListener(ranges);
    }
  }

  private boolean served() {
    try {
      Listing _ = api.list(Target.all(Kinds.SERVICE_CIDR), ListOptions.ALL);
      return true;
    } catch (ApiException e) {
      return !e.isNotFound();
    }
  }

  @Override
  public void close() {
    parts.close();
  }
}
