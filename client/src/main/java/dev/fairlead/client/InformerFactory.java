package dev.fairlead.client;

import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ResourceType;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shares one informer per type, over all namespaces, between the controllers of one process. */
public final class InformerFactory implements AutoCloseable {
  private final KubeApi api;
  private final Map<ResourceType, SharedInformer> informers = new LinkedHashMap<>();
  private boolean closed;

  public InformerFactory(KubeApi api) {
    this.api = api;
  }

  /** The informer of a type; started by the first who asks. Do not close it: the factory does. */
  public synchronized SharedInformer informer(ResourceType type) {
    if (closed) {
      throw new IllegalStateException("the informer factory is closed");
    }
    return informers.computeIfAbsent(type, each -> SharedInformer.builder(api, each).start());
  }

  @Override
  public synchronized void close() {
    closed = true;
    informers.values().forEach(SharedInformer::close);
    informers.clear();
  }
}
