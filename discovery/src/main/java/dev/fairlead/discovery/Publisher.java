package dev.fairlead.discovery;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.discovery.Discovery.Change;
import dev.fairlead.discovery.Discovery.Delta;
import dev.fairlead.discovery.Discovery.DiscoveryImage;
import dev.fairlead.discovery.Discovery.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds the newest image and hands deltas to subscribers. Safe for any number of threads. */
final class Publisher {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final String name;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private volatile DiscoveryImage image = new DiscoveryImage(false, PersistentMap.empty());
  private boolean closed;

  Publisher(String name) {
    this.name = name;
  }

  DiscoveryImage image() {
    return image;
  }

  /** Makes the delta's image the newest one and offers the delta to every subscriber. */
  synchronized void publish(Delta delta) {
    image = delta.image();
    subscriptions.forEach(subscription -> subscription.offer(delta));
  }

  synchronized void subscribe(Subscriber subscriber) {
    if (closed) {
      throw new IllegalStateException("discovery is closed");
    }
    Map<ObjectKey, Change> all = new LinkedHashMap<>();
    image.services().forEach((key, service) -> all.put(key, new Change(null, service)));
    Subscription subscription =
        new Subscription(
            subscriber, new Delta(image, all), name + "-subscriber-" + subscriptions.size());
    subscriptions.add(subscription);
    subscription.start();
  }

  /** Ends the subscribers' threads. */
  void close() {
    List<Subscription> ending;
    synchronized (this) {
      closed = true;
      ending = List.copyOf(subscriptions);
      subscriptions.clear();
    }
    ending.forEach(Subscription::close);
    try {
      for (Subscription subscription : ending) {
        subscription.join(CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
