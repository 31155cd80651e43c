package dev.fairlead.discovery;

import dev.fairlead.api.ObjectKey;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A discovery that is told what to know: for tests of its consumers. */
public final class InMemoryDiscovery implements Discovery {
  private final Publisher publisher = new Publisher("in-memory-discovery");
  private PersistentMap<ObjectKey, ServiceImage> services = PersistentMap.empty();
  private boolean synced;

  /** From now on what is missing is none, no longer unknown. */
  public synchronized void sync() {
    synced = true;
    publisher.publish(new Delta(new DiscoveryImage(true, services), Map.of()));
  }

  /** Adds or replaces a service. */
  public void put(ServiceImage service) {
    change(service.key(), service);
  }

  /** Removes a service. */
  public void remove(ObjectKey key) {
    change(key, null);
  }

  private synchronized void change(ObjectKey key, @Nullable ServiceImage after) {
    ServiceImage before = services.get(key);
    if (!Objects.equals(before, after)) {
      services = after == null ? services.without(key) : services.with(key, after);
      publisher.publish(
          new Delta(new DiscoveryImage(synced, services), Map.of(key, new Change(before, after))));
    }
  }

  @Override
  public DiscoveryImage image() {
    return publisher.image();
  }

  @Override
  public void subscribe(Subscriber subscriber) {
    publisher.subscribe(subscriber);
  }

  @Override
  public void close() {
    publisher.close();
  }
}
