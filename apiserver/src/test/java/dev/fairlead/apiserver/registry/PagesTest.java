package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.watch.KeyRange;
import dev.fairlead.apiserver.watch.Selection;
import dev.fairlead.apiserver.watch.Snapshot;
import dev.fairlead.apiserver.watch.WatchCacheSettings;
import dev.fairlead.store.MemoryStore;
import dev.fairlead.store.Store;
import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.Operation;
import dev.fairlead.store.Store.RangeRequest;
import dev.fairlead.store.Store.Transaction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages from the watch cache's memory and from the store's history: the same, one by one. */
class PagesTest {
  private static final Target ALL = Target.all(Kinds.CONFIG_MAP);
  @AutoClose private final Bench bench = new Bench();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -       | -       | -                            | 3
          -       | -       | -                            | 0
          -       | odd=1   | -                            | 2
          default | -       | -                            | 2
          default | odd=1   | -                            | 1
          other   | -       | -                            | 100
          nobody  | -       | -                            | 1
          -       | -       | metadata.namespace=other     | 2
          -       | -       | metadata.name=m3             | 1
          default | -       | metadata.name=m3             | 1
          default | -       | metadata.name!=m3            | 2
          """)
  void eachPageIsTheStoresPage(String namespace, String labels, String fields, int limit) {
    bench.create(Kinds.NAMESPACE, "", "{metadata: {name: other}}");
    for (int i = 0; i < 9; i++) {
      map("default", "m" + i, i);
      map("other", "m" + i, i);
    }
    Target target = namespace == null ? ALL : Target.collection(Kinds.CONFIG_MAP, namespace);
    Selection selection =
        Selection.of(target, labels == null ? "" : labels, fields == null ? "" : fields);
    PageReader reader = new PageReader(target, selection, limit);
    Snapshot snapshot = newest();
    String from = "";
    do {
      Listing ours = reader.read(ObjectsAt.of(snapshot), from);
      Listing stored = reader.read(ObjectsAt.of(bench.store, snapshot.revision()), from);
      assertThat(ours).isEqualTo(stored);
      bench.registry.delete(Target.object(Kinds.CONFIG_MAP, "default", "m5"), DeleteOptions.NONE);
      map("default", "m5", from.length());
      map("other", "n" + from.length() + ours.items().size() + bench.store.revision(), 1);
      from =
          ours.continueToken().isEmpty() ? "" : ContinueToken.decode(ours.continueToken()).start();
    } while (!from.isEmpty());
  }

  @Test
  void furtherPagesShareTheDocumentsThatTheCacheHas() {
    List<Document> made = List.of(map("default", "a", 1), map("default", "b", 2));
    Listing first = list(1, "");
    map("default", "b", 3);
    Listing second = list(1, first.continueToken());
    assertThat(first.items().getFirst()).isSameAs(made.getFirst());
    assertThat(second.items().getFirst()).isSameAs(made.getLast());
    assertThat(second.resourceVersion()).isEqualTo(first.resourceVersion());
  }

  @Test
  void whatTheCacheHasForgottenIsReadFromTheStore() {
    try (Bench small = bench(3)) {
      for (int i = 0; i < 6; i++) {
        small.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: m%d}}".formatted(i));
      }
      ListOptions page = new ListOptions("", "", "", "", 3, "");
      Listing first = small.registry.list(ALL, page);
      for (int i = 6; i < 12; i++) {
        small.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: m%d}}".formatted(i));
      }
      small.registry.cache().awaitNewest();
      long revision = Long.parseLong(first.resourceVersion());
      assertThat(small.registry.cache().at(Kinds.CONFIG_MAP, revision)).isNull();
      Listing second =
          small.registry.list(ALL, new ListOptions("", "", "", "", 3, first.continueToken()));
      assertThat(second.items()).extracting(Document::name).containsExactly("m3", "m4", "m5");
      assertThat(second.resourceVersion()).isEqualTo(first.resourceVersion());
      assertThat(second.continueToken()).isEmpty();
    }
  }

  @Test
  void formerStatesAreBoundedAsEventsAre() {
    try (Bench small = bench(3)) {
      for (int i = 0; i < 20; i++) {
        small.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: m%d}}".formatted(i));
      }
      small.registry.cache().awaitNewest();
      assertThat(small.registry.cache().pastStates(Kinds.CONFIG_MAP)).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void whatIsNotReachedYetIsNotKnown() {
    map("default", "a", 1);
    bench.registry.cache().awaitNewest();
    long next = bench.registry.cache().revision() + 1;
    assertThat(bench.registry.cache().at(Kinds.CONFIG_MAP, next)).isNull();
  }

  @Test
  void aTransactionIsSeenAsAWhole() {
    map("default", "a", 1);
    String prefix = Kinds.CONFIG_MAP.storagePrefix() + "default/";
    byte[] value = bench.store.range(RangeRequest.key(prefix + "a")).items().getFirst().value();
    long before = bench.store.revision();
    long both =
        bench
            .store
            .commit(
                new Transaction(
                    List.of(new Compare(prefix + "b", 0)),
                    List.of(
                        new Operation.Put(prefix + "b", value), new Operation.Delete(prefix + "a")),
                    List.of()))
            .revision();
    bench.registry.cache().awaitRevision(both);
    KeyCounter counter = revision -> bench.registry.cache().at(Kinds.CONFIG_MAP, revision);
    assertThat(counter.count(before, prefix + "a")).isOne();
    assertThat(counter.count(before, prefix + "b")).isZero();
    assertThat(counter.count(both, prefix + "a")).isZero();
    assertThat(counter.count(both, prefix + "b")).isOne();
  }

  @Test
  void compactionForgetsPagesOfWhatDidNotChangeToo() {
    map("default", "a", 1);
    map("default", "b", 2);
    Listing first = list(1, "");
    for (int i = 0; i < 2; i++) {
      bench.create(Kinds.NAMESPACE, "", "{metadata: {name: n%d}}".formatted(i));
      bench.timers.advance(Duration.ofMinutes(5));
    }
    ApiException expired =
        catchThrowableOfType(ApiException.class, () -> list(1, first.continueToken()));
    assertThat(expired.isExpired()).isTrue();
    assertThat(bench.registry.cache().pastStates(Kinds.CONFIG_MAP)).isZero();
  }

  private interface KeyCounter {
    Snapshot at(long revision);

    default int count(long revision, String key) {
      return at(revision).count(new KeyRange(key, key + "\0"));
    }
  }

  private static Bench bench(int window) {
    WatchCacheSettings bounds =
        new WatchCacheSettings(
            window, Duration.ofMinutes(5), 1_000, Duration.ofMinutes(1), Duration.ofSeconds(3));
    Store store = new MemoryStore();
    Bench small = new Bench(store, RegistrySettings.DEFAULT.withWatchCache(bounds));
    small.create(Kinds.NAMESPACE, "", "{metadata: {name: default}}");
    return small;
  }

  private Snapshot newest() {
    bench.registry.cache().awaitNewest();
    return bench.registry.cache().newest(Kinds.CONFIG_MAP);
  }

  /** Creates the object, or changes it. */
  private Document map(String namespace, String name, int number) {
    String yaml =
        "{metadata: {name: '%s', labels: {odd: '%d', number: '%d'}}}"
            .formatted(name, number % 2, number);
    try {
      return bench.create(Kinds.CONFIG_MAP, namespace, yaml);
    } catch (ApiException e) {
      Document now = bench.get(Kinds.CONFIG_MAP, namespace, name);
      return bench.update(
          Kinds.CONFIG_MAP,
          now.with(tree ->
              tree.withObject("metadata")
                  .withObject("labels")
                  .put("number", Integer.toString(number))));
    }
  }

  private Listing list(int limit, String token) {
    return bench.registry.list(ALL, new ListOptions("", "", "", "", limit, token));
  }
}
