package dev.fairlead.proxy;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.discovery.Discovery;
import dev.fairlead.discovery.ServiceImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Publishes what a test puts in, on the test's own thread. */
final class TestDiscovery implements Discovery {
  private final Map<ObjectKey, ServiceImage> services = new HashMap<>();
  private boolean synced = true;
  private @Nullable Subscriber subscriber;

  @Override
  public DiscoveryImage image() {
    return new DiscoveryImage(synced, Map.copyOf(services));
  }

  @Override
  public void subscribe(Subscriber subscriber) {
    this.subscriber = subscriber;
    Map<ObjectKey, Change> changes = new HashMap<>();
    services.forEach((key, image) -> changes.put(key, new Change(null, image)));
    publish(changes);
  }

  void synced(boolean synced) {
    this.synced = synced;
    publish(Map.of());
  }

  void put(ServiceImage service) {
    putAll(List.of(service));
  }

  void putAll(List<ServiceImage> images) {
    Map<ObjectKey, Change> changes = new HashMap<>();
    for (ServiceImage image : images) {
      changes.put(image.key(), new Change(services.put(image.key(), image), image));
    }
    publish(changes);
  }

  void remove(ServiceImage service) {
    ServiceImage before = services.remove(service.key());
    publish(Map.of(service.key(), new Change(before, null)));
  }

  private void publish(Map<ObjectKey, Change> changes) {
    if (subscriber == null) {
      return;
    }
    try {
      subscriber.onDelta(new Delta(image(), changes));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {}
}
