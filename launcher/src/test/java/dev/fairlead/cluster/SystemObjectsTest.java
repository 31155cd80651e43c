package dev.fairlead.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.bootstrap.Bootstrap;
import dev.fairlead.apiserver.registry.Registry;
import dev.fairlead.apiserver.registry.RegistrySettings;
import dev.fairlead.client.Controller;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.store.MemoryStore;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SystemObjectsTest {
  private static final RegistrySettings SETTINGS = RegistrySettings.DEFAULT;

  @Test
  void whatIsDeleted_isMadeAgain_withTheSameAddress() {
    try (MemoryStore store = new MemoryStore();
        Registry api = new Registry(store, SETTINGS, InstantSource.system(), new Random(1));
        InformerFactory informers = new InformerFactory(api)) {
      Bootstrap.run(api, SETTINGS);
      try (Controller kept = SystemObjects.keep(api, SETTINGS, informers)) {
        assertThat(kept.name()).isEqualTo("system-objects");
        await().until(informers.informer(Kinds.SERVICE)::synced);
        await().until(informers.informer(Kinds.ENDPOINTS)::synced);
        deletedAndMadeAgain(api, Kinds.SERVICE, "kube-system", "kube-dns");
        deletedAndMadeAgain(api, Kinds.ENDPOINTS, "default", "kubernetes");
        Document again = deletedAndMadeAgain(api, Kinds.SERVICE, "default", "kubernetes");
        assertThat(again.spec().path("clusterIP").asText()).isEqualTo("10.115.240.1");
      }
    }
  }

  private static Document deletedAndMadeAgain(
      Registry api, ResourceType type, String namespace, String name) {
    Target target = Target.object(type, namespace, name);
    String old = api.get(target).meta().uid();
    api.delete(target, DeleteOptions.NONE);
    return await()
        .ignoreExceptions() // It is not there for a moment.
        .until(() -> api.get(target), found -> !found.meta().uid().equals(old));
  }
}
