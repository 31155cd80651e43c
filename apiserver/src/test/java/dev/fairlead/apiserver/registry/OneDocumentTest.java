package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.store.MemoryStore;
import dev.fairlead.store.SqliteStore;
import dev.fairlead.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is parsed and encoded once: writer, readers and watchers share one document. */
class OneDocumentTest {

  static Stream<ResourceType> stored() {
    return Kinds.ALL.stream().filter(type -> !type.group().equals("events.k8s.io"));
  }

  @ParameterizedTest
  @MethodSource("stored")
  void everyKindSaysTheSameToItsWriterAndToTheNextServer(ResourceType type) throws Exception {
    try (Bench bench = new Bench()) {
      Document made = share(bench, type);
      assertThat(made.tree()).isEqualTo(Json.tree(made.json()));
      Document edited =
          made.with(tree -> tree.withObject("metadata").putObject("labels").put("a", "b"));
      Document changed = bench.update(type, edited);
      assertThat(changed.tree()).isEqualTo(Json.tree(changed.json()));
    }
  }

  @Test
  void aStoreOnDiskHandsTheBytesOn(@TempDir Path folder) throws Exception {
    try (Store store = SqliteStore.open(folder.resolve("state.db"))) {
      Bench bench = new Bench(store, RegistrySettings.DEFAULT);
      bench.create(Kinds.NAMESPACE, "", "{metadata: {name: default}}");
      share(bench, Kinds.CONFIG_MAP);
      bench.close();
    }
  }

  @Test
  void aWriteThatLosesLeavesNothingBehind() throws Exception {
    try (Bench bench = new Bench(new MemoryStore(), RegistrySettings.DEFAULT)) {
      bench.create(Kinds.NAMESPACE, "", "{metadata: {name: default}}");
      Document first = share(bench, Kinds.CONFIG_MAP);
      assertThatThrownBy(() ->
              bench.registry.create(
                  Target.collection(Kinds.CONFIG_MAP, "default"),
                  sample(Kinds.CONFIG_MAP),
                  WriteOptions.NONE))
          .isInstanceOf(ApiException.class);
      assertThat(bench.get(Kinds.CONFIG_MAP, "default", first.name())).isSameAs(first);
    }
  }

  @Test
  void aPatchedObjectSharesNothingThatIsChangedLater() {
    try (Bench bench = new Bench()) {
      Document before =
          bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: a}, data: {k: v}}");
      String text = Json.text(before.tree());
      for (Patch.Type type : new Patch.Type[] {Patch.Type.MERGE, Patch.Type.STRATEGIC_MERGE}) {
        Patch patch =
            new Patch(type, Bench.document("{data: {k: %s}}".formatted(type.name())).tree());
        bench.registry.patch(
            Target.object(Kinds.CONFIG_MAP, before.key()), patch, WriteOptions.NONE);
      }
      assertThat(Json.text(before.tree())).isEqualTo(text);
      assertThat(Bench.text(bench.get(Kinds.CONFIG_MAP, "default", "a"), "/data/k"))
          .isEqualTo("\"STRATEGIC_MERGE\"");
    }
  }

  /** Creates a sample; its writer, a reader and a watcher are given the same. */
  private static Document share(Bench bench, ResourceType type) throws Exception {
    Target place = type.namespaced() ? Target.collection(type, "default") : Target.all(type);
    String from = bench.registry.list(place, ListOptions.ALL).resourceVersion();
    try (Watch watch = bench.registry.watch(place, WatchOptions.from(from))) {
      Document made = bench.registry.create(place, sample(type), WriteOptions.NONE);
      WatchEvent event = Objects.requireNonNull(watch.next());
      assertThat(event.object()).isSameAs(made);
      assertThat(bench.registry.get(Target.object(type, made.key()))).isSameAs(made);
      return made;
    }
  }

  private static Document sample(ResourceType type) throws IOException {
    String file = "/kinds/%s.%s.yaml".formatted(type.apiVersion().replace('/', '.'), type.kind());
    try (InputStream in = OneDocumentTest.class.getResourceAsStream(file)) {
      return Document.of(Yaml.parse(Objects.requireNonNull(in, file).readAllBytes()));
    }
  }
}
