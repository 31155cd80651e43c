package dev.fairlead.controllers.manager;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.registry.Registry;
import dev.fairlead.apiserver.registry.RegistrySettings;
import dev.fairlead.store.MemoryStore;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

class ControllersOnRegistryTest extends ControllersTest {
  private MemoryStore store;
  private Registry registry;

  @Override
  KubeApi open() {
    store = new MemoryStore();
    registry = new Registry(store, RegistrySettings.DEFAULT, InstantSource.system(), new Random(7));
    var namespace = Json.object();
    namespace.put("apiVersion", "v1").put("kind", "Namespace");
    namespace.putObject("metadata").put("name", "default");
    try {
      registry.create(Target.all(Kinds.NAMESPACE), Document.of(namespace), WriteOptions.NONE);
    } catch (ApiException e) {
      if (!e.isAlreadyExists()) {
        throw e;
      }
    }
    return registry;
  }

  @AfterEach
  void close() {
    registry.close();
    store.close();
  }
}
