package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Target;
import dev.fairlead.store.MemoryStore;
import dev.fairlead.store.Store;
import dev.fairlead.store.StoreWatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Something happens to a namespace between the look at it and the write into it. */
class NamespaceGateTest {
  private static final String NEW = "{metadata: {name: new}}";

  private final Interrupted store = new Interrupted();
  private final Bench bench = new Bench(store, RegistrySettings.DEFAULT);

  NamespaceGateTest() {
    bench.create(Kinds.NAMESPACE, "", "{metadata: {name: other}}");
  }

  @AfterEach
  void close() {
    bench.close();
    store.close();
  }

  @Test
  void nothingComesIntoANamespaceThatBeganToEnd() {
    store.beforeTheNext = this::delete;
    assertThatThrownBy(() -> bench.create(Kinds.CONFIG_MAP, "other", NEW))
        .hasMessage(
            "configmaps \"new\" is forbidden: unable to create new content in namespace other because it is being terminated");
    assertThat(
            bench
                .registry
                .list(Target.collection(Kinds.CONFIG_MAP, "other"), ListOptions.ALL)
                .items())
        .isEmpty();
  }

  @Test
  void anotherChangeOfTheNamespaceIsNoHindrance() {
    store.beforeTheNext = this::label;
    assertThat(bench.create(Kinds.CONFIG_MAP, "other", NEW).name()).isEqualTo("new");
  }

  private void delete() {
    Document _ =
        bench.registry.delete(Target.object(Kinds.NAMESPACE, "", "other"), DeleteOptions.NONE);
  }

  private void label() {
    Document _ =
        bench.update(
            Kinds.NAMESPACE,
            bench
                .get(Kinds.NAMESPACE, "", "other")
                .with(tree -> tree.withObject("/metadata/labels").put("a", "b")));
  }

  /** A store in which something happens just before a commit. */
  private static final class Interrupted implements Store {
    private final Store store = new MemoryStore();
    private Runnable beforeTheNext = () -> {};

    @Override
    public CommitResult commit(Transaction transaction) {
      Runnable before = beforeTheNext;
      beforeTheNext = () -> {};
      before.run();
      return store.commit(transaction);
    }

    @Override
    public long revision() {
      return store.revision();
    }

    @Override
    public RangeResult range(RangeRequest request) {
      return store.range(request);
    }

    @Override
    public StoreWatch watch(String prefix, long fromRevision) {
      return store.watch(prefix, fromRevision);
    }

    @Override
    public void compact(long revision) {
      store.compact(revision);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
