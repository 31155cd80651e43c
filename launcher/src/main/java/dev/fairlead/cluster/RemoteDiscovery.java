package dev.fairlead.cluster;

import dev.fairlead.api.Kinds;
import dev.fairlead.client.ClientSettings;
import dev.fairlead.client.HttpKubeApi;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.discovery.Discovery;
import dev.fairlead.discovery.LiveDiscovery;

/** The discovery image of a cluster elsewhere, followed over HTTP; against any API server. */
public final class RemoteDiscovery implements AutoCloseable {
  private final CloseStack parts = new CloseStack();
  private final Discovery discovery;

  /**
   * Begins to follow.
   *
   * @param userAgent who asks, for example {@code fairlead-proxy}
   */
  public RemoteDiscovery(ClientSettings settings, String userAgent) {
    HttpKubeApi api = parts.add(new HttpKubeApi(settings, userAgent));
    InformerFactory informers = parts.add(new InformerFactory(api));
    discovery =
        parts.add(
            LiveDiscovery.start(
                informers.informer(Kinds.SERVICE), informers.informer(Kinds.ENDPOINT_SLICE)));
  }

  public Discovery discovery() {
    return discovery;
  }

  @Override
  public void close() {
    parts.close();
  }
}
