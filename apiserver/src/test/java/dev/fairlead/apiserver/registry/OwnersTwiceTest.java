package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.Warnings;
import dev.fairlead.api.WriteOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Owners named twice: upstream's {@code dedupOwnerReferencesAndAddWarning}. */
class OwnersTwiceTest {
  private static final String FIRST = "{apiVersion: v1, kind: Pod, name: a, uid: u1}";
  private static final String SECOND = "{apiVersion: v1, kind: Pod, name: b, uid: u2}";
  private static final String ALIKE =
      "{apiVersion: v1, kind: Pod, name: a, uid: u1, controller: false}";
  private static final String TOLD =
      ".metadata.ownerReferences contains duplicate entries%s; API server dedups owner references in"
          + " 1.20+, and may reject such requests as early as 1.24; please fix your requests;"
          + " duplicate UID(s) observed: %s";

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static String object(String... owners) {
    return "{metadata: {name: a, ownerReferences: [%s]}}".formatted(String.join(", ", owners));
  }

  private Document create(String... owners) {
    return bench.create(Kinds.CONFIG_MAP, "default", object(owners));
  }

  @Test
  void ofANewObject() {
    try (Warnings _ = Warnings.open()) {
      Document created = create(FIRST, SECOND, FIRST, SECOND, FIRST);
      assertThat(created.meta().ownerReferences()).hasSize(2);
      assertThat(Warnings.texts()).containsExactly(TOLD.formatted("", "u1, u2, u1"));
    }
  }

  @Test
  void ofAChangedObject() {
    Document created = create(FIRST);
    try (Warnings _ = Warnings.open()) {
      Document updated =
          bench.update(
              Kinds.CONFIG_MAP,
              created.with(tree -> {
                tree.withObjectProperty("metadata")
                    .set(
                        "ownerReferences",
                        Bench.document(object(SECOND, SECOND))
                            .tree()
                            .at("/metadata/ownerReferences"));
              }));
      assertThat(updated.meta().ownerReferences()).hasSize(1);
      assertThat(Warnings.texts()).containsExactly(TOLD.formatted("", "u2"));
    }
  }

  @Test
  void ofAPatchedObject() {
    create(FIRST);
    try (Warnings _ = Warnings.open()) {
      Patch patch =
          new Patch(Patch.Type.MERGE, Bench.document(object(SECOND, FIRST, SECOND)).tree());
      Document patched =
          bench.registry.patch(
              Target.object(Kinds.CONFIG_MAP, "default", "a"), patch, WriteOptions.NONE);
      assertThat(patched.meta().ownerReferences()).hasSize(2);
      assertThat(Warnings.texts())
          .containsExactly(TOLD.formatted(" after mutating admission happens", "u2"));
    }
  }

  /** One owner in two different ways is left as it is, and nobody is told of what is right. */
  @Test
  void onlyTheSameWordsCount() {
    try (Warnings _ = Warnings.open()) {
      assertThat(create(FIRST, ALIKE).meta().ownerReferences()).hasSize(2);
      assertThat(Warnings.texts()).isEqualTo(List.of());
    }
  }
}
