package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.WatchOptions;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RegistryTest {
  @AutoClose private final Bench bench = new Bench();

  @Test
  void createFillsInWhatBelongsToTheServer() {
    Document made = bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: a}}");
    assertThat(made.meta().uid()).hasSize(36);
    assertThat(made.meta().creationTimestamp()).isEqualTo(Bench.NOW);
    assertThat(made.meta().resourceVersion()).isEqualTo(Long.toString(bench.store.revision()));
    assertThat(made.kind()).isEqualTo("ConfigMap");
    assertThat(bench.get(Kinds.CONFIG_MAP, "default", "a")).isEqualTo(made);
  }

  @Test
  void generateNameAddsFiveCharacters() {
    Document made = bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {generateName: 'a-'}}");
    assertThat(made.name()).matches("a-[bcdfghjklmnpqrstvwxz2456789]{5}");
  }

  @Test
  void createTwiceIsAConflict() {
    bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: a}}");
    assertThatThrownBy(() -> bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: a}}"))
        .hasMessage("configmaps \"a\" already exists");
  }

  @Test
  void missingNamespaceIsNotFound() {
    assertThatThrownBy(() -> bench.create(Kinds.CONFIG_MAP, "nope", "{metadata: {name: a}}"))
        .hasMessage("namespaces \"nope\" not found");
  }

  @Test
  void updateOfAnOldVersionIsAConflict() {
    Document first = bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: a}}");
    Document second =
        bench.update(Kinds.CONFIG_MAP, first.with(tree -> tree.putObject("data").put("k", "v")));
    assertThat(second.meta().resourceVersion()).isNotEqualTo(first.meta().resourceVersion());
    assertThatThrownBy(() ->
            bench.update(
                Kinds.CONFIG_MAP, first.with(tree -> tree.putObject("data").put("k", "w"))))
        .hasMessage(
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again");
  }

  @Test
  void updateThatChangesNothingWritesNothing() {
    Document made = bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: a}}");
    long before = bench.store.revision();
    assertThat(bench.update(Kinds.CONFIG_MAP, made)).isEqualTo(made);
    assertThat(bench.store.revision()).isEqualTo(before);
  }

  @Test
  void deleteAnswersStatusWithDetails() {
    Document made = bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: a}}");
    Document answer =
        bench.registry.delete(Target.object(Kinds.CONFIG_MAP, "default", "a"), DeleteOptions.NONE);
    assertThat(answer.kind()).isEqualTo("Status");
    assertThat(Bench.text(answer, "/details/uid")).contains(made.meta().uid());
    assertThatThrownBy(() -> bench.get(Kinds.CONFIG_MAP, "default", "a"))
        .isInstanceOf(ApiException.class)
        .hasMessage("configmaps \"a\" not found");
  }

  @Test
  void listSeesEveryWriteBeforeIt() {
    for (int i = 0; i < 50; i++) {
      bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: c%02d}}".formatted(i));
      assertThat(
              bench
                  .registry
                  .list(Target.collection(Kinds.CONFIG_MAP, "default"), ListOptions.ALL)
                  .items())
          .hasSize(i + 1);
    }
  }

  @Test
  void watchFromAListMissesNothing() throws InterruptedException {
    String from =
        bench.registry.list(Target.all(Kinds.CONFIG_MAP), ListOptions.ALL).resourceVersion();
    bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: a}}");
    try (Watch watch =
        bench.registry.watch(Target.all(Kinds.CONFIG_MAP), WatchOptions.from(from))) {
      bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: b}}");
      assertThat(List.of(next(watch).object().name(), next(watch).object().name()))
          .containsExactly("a", "b");
    }
  }

  private static WatchEvent next(Watch watch) throws InterruptedException {
    WatchEvent event = watch.next();
    assertThat(event).isNotNull();
    return event;
  }
}
