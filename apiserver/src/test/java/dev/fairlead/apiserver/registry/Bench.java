package dev.fairlead.apiserver.registry;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.apiserver.watch.ManualTimers;
import dev.fairlead.store.MemoryStore;
import dev.fairlead.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;

/** A registry over a memory store, for tests. */
final class Bench implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  final Store store;
  final ManualTimers timers = new ManualTimers();
  final Registry registry;

  Bench() {
    this(new MemoryStore(), RegistrySettings.DEFAULT);
    create(Kinds.NAMESPACE, "", "{metadata: {name: default}}");
  }

  Bench(Store store, RegistrySettings settings) {
    this.store = store;
    this.registry = new Registry(store, settings, () -> NOW, new Random(7), timers);
  }

  static Document document(String yaml) {
    return Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  Document create(ResourceType type, String namespace, String json) {
    return registry.create(Target.collection(type, namespace), document(json), WriteOptions.NONE);
  }

  Document get(ResourceType type, String namespace, String name) {
    return registry.get(Target.object(type, namespace, name));
  }

  Document update(ResourceType type, Document object) {
    return registry.update(Target.object(type, object.key()), object, WriteOptions.NONE);
  }

  Document status(ResourceType type, Document object) {
    return registry.update(
        Target.object(type, object.key()).sub("status"), object, WriteOptions.NONE);
  }

  static String text(Document object, String pointer) {
    return Json.text(object.tree().at(pointer));
  }

  @Override
  public void close() {
    registry.close();
    store.close();
  }
}
