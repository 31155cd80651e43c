package dev.fairlead.discovery;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.client.Informer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An informer that is told what it has seen. */
final class ManualInformer implements Informer {
  private final Map<ObjectKey, Document> objects = new LinkedHashMap<>();
  private final List<Listener> listeners = new ArrayList<>();
  private boolean synced;

  synchronized void put(Document document) {
    Document before = objects.put(document.key(), document);
    listeners.forEach(listener -> listener.onChange(before, document));
  }

  synchronized void remove(ObjectKey key) {
    Document before = objects.remove(key);
    if (before != null) {
      listeners.forEach(listener -> listener.onChange(before, null));
    }
  }

  synchronized void sync() {
    synced = true;
    listeners.forEach(Listener::onSynced);
  }

  @Override
  public synchronized boolean synced() {
    return synced;
  }

  @Override
  public boolean awaitSynced(Duration timeout) {
    return synced();
  }

  @Override
  public synchronized Document get(ObjectKey key) {
    return objects.get(key);
  }

  @Override
  public synchronized Collection<Document> all() {
    return List.copyOf(objects.values());
  }

  @Override
  public Collection<Document> inNamespace(String namespace) {
    return all().stream().filter(each -> each.namespace().equals(namespace)).toList();
  }

  @Override
  public Collection<Document> byIndex(String name, String value) {
    throw new IllegalArgumentException("no index " + name);
  }

  @Override
  public synchronized void addListener(Listener listener) {
    listeners.add(listener);
    objects.values().forEach(each -> listener.onChange(null, each));
    if (synced) {
      listener.onSynced();
    }
  }

  @Override
  public void close() {}
}
