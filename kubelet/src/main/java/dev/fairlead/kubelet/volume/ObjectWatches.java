package dev.fairlead.kubelet.volume;

import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.ResourceType;
import dev.fairlead.client.SharedInformer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Watches single objects for the pods of one node, each by one watch however many pods ask. A pod
 * hears that something has changed, and reads it itself.
 */
public final class ObjectWatches implements AutoCloseable {
  private final KubeApi api;
  private final Map<Subject, Watched> watched = new HashMap<>();

  private record Subject(ResourceType type, ObjectKey key) {}

  private record Watched(SharedInformer informer, Set<Subscription> subscriptions) {}

  public ObjectWatches(KubeApi api) {
    this.api = api;
  }

  /** One pod's interest in one object. */
  public static final class Subscription {
    private final Runnable onChange;
    private final Runnable end;

    private Subscription(Runnable onChange, Runnable end) {
      this.onChange = onChange;
      this.end = end;
    }

    /** Ends it. */
    void close() {
      end.run();
    }
  }

  /**
   * Begins to watch an object, which need not exist.
   *
   * @param onChange runs on a thread that it must not hold up; also once for an object that exists
   */
  synchronized Subscription watch(ResourceType type, ObjectKey key, Runnable onChange) {
    Subject subject = new Subject(type, key);
    Watched known = watched.computeIfAbsent(subject, this::begin);
    Subscription[] made = new Subscription[1];
    made[0] = new Subscription(onChange, () -> end(subject, made[0]));
    known.subscriptions().add(made[0]);
    return made[0];
  }

  private Watched begin(Subject subject) {
    SharedInformer informer =
        SharedInformer.builder(api, subject.type())
            .namespace(subject.key().namespace())
            .fieldSelector("metadata.name=" + subject.key().name())
            .start();
    Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    informer.addListener((before, after) -> subscriptions.forEach(each -> each.onChange.run()));
    return new Watched(informer, subscriptions);
  }

  private synchronized void end(Subject subject, Subscription which) {
    Watched known = watched.get(subject);
    if (known != null && known.subscriptions().remove(which) && known.subscriptions().isEmpty()) {
      watched.remove(subject);
      known.informer().close();
    }
  }

  @Override
  public synchronized void close() {
    watched.values().forEach(each -> each.informer().close());
    watched.clear();
  }
}
