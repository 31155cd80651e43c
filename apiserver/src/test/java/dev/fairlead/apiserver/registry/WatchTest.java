package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.apiserver.watch.WatchCacheSettings;
import dev.fairlead.store.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final Target MAPS = Target.all(Kinds.CONFIG_MAP);
  @AutoClose private final Bench bench = new Bench();

  @Test
  void twoHundredWatchersSeeFiveThousandWritesOnceAndInOrder() throws Exception {
    int writes = 5_000;
    // A reader may be as late as the machine likes: the queues take all there is.
    try (Bench roomy = bench(8_192, writes)) {
      watchersSeeWrites(roomy, writes);
    }
  }

  private static void watchersSeeWrites(Bench bench, int writes) throws Exception {
    int watchers = 200;
    int writers = 4;
    String from = bench.registry.list(MAPS, ListOptions.ALL).resourceVersion();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Long>>> seen = new ArrayList<>();
      for (int i = 0; i < watchers; i++) {
        Watch watch = bench.registry.watch(MAPS, WatchOptions.from(from));
        seen.add(pool.submit(reader(watch, writes)));
      }
      List<Future<List<Long>>> written = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        written.add(pool.submit(writer(bench, "w" + w, writes / writers)));
      }
      List<Long> revisions = new ArrayList<>();
      for (Future<List<Long>> each : written) {
        revisions.addAll(each.get());
      }
      revisions.sort(Long::compare);
      for (Future<List<Long>> each : seen) {
        assertThat(each.get()).isEqualTo(revisions);
      }
    }
    assertThat(bench.registry.cache().watchers(Kinds.CONFIG_MAP)).isZero();
  }

  @Test
  void fromNothingStartsWithWhatExists() throws InterruptedException {
    map("a", "x");
    map("b", "y");
    try (Watch watch = bench.registry.watch(MAPS, options("", "", "0", false))) {
      assertThat(List.of(line(watch), line(watch))).containsExactly("ADDED a", "ADDED b");
      map("c", "x");
      assertThat(line(watch)).isEqualTo("ADDED c");
    }
  }

  @Test
  void initialEventsEndWithAnAnnotatedBookmark() throws InterruptedException {
    map("a", "x");
    try (Watch watch = bench.registry.watch(MAPS, options("", "", "", true))) {
      assertThat(line(watch)).isEqualTo("ADDED a");
      WatchEvent end = next(watch);
      assertThat(end.type()).isEqualTo(WatchEvent.Type.BOOKMARK);
      assertThat(end.object().meta().annotations())
          .containsEntry("k8s.io/initial-events-end", "true");
      assertThat(end.object().meta().resourceVersion())
          .isEqualTo(Long.toString(bench.store.revision()));
    }
  }

  @Test
  void leavingTheSelectorIsADeletionAndEnteringAnAddition() throws InterruptedException {
    Document made = map("a", "x");
    String from = made.meta().resourceVersion();
    try (Watch watch = bench.registry.watch(MAPS, options("app=x", "", from, false))) {
      Document left = label(made, "y");
      WatchEvent gone = next(watch);
      assertThat(gone.type()).isEqualTo(WatchEvent.Type.DELETED);
      assertThat(gone.object().meta().labels()).containsEntry("app", "x");
      assertThat(gone.object().meta().resourceVersion()).isEqualTo(left.meta().resourceVersion());
      label(left, "x");
      assertThat(line(watch)).isEqualTo("ADDED a");
      bench.registry.delete(Target.object(Kinds.CONFIG_MAP, "default", "a"), DeleteOptions.NONE);
      WatchEvent deleted = next(watch);
      assertThat(deleted.type()).isEqualTo(WatchEvent.Type.DELETED);
      assertThat(deleted.object().meta().resourceVersion())
          .isEqualTo(Long.toString(bench.store.revision()));
    }
  }

  @Test
  void nameAndNamespaceScopes() throws InterruptedException {
    bench.create(Kinds.NAMESPACE, "", "{metadata: {name: other}}");
    Target here = Target.collection(Kinds.CONFIG_MAP, "default");
    String from = bench.registry.list(MAPS, ListOptions.ALL).resourceVersion();
    try (Watch one = bench.registry.watch(here, options("", "metadata.name=b", from, false));
        Watch all = bench.registry.watch(here, options("", "", from, false))) {
      bench.create(Kinds.CONFIG_MAP, "other", "{metadata: {name: b}}");
      map("a", "x");
      map("b", "x");
      assertThat(line(one)).isEqualTo("ADDED b");
      assertThat(List.of(line(all), line(all))).containsExactly("ADDED a", "ADDED b");
    }
  }

  @Test
  void watchersShareOneEncoding() throws InterruptedException {
    String from = bench.registry.list(MAPS, ListOptions.ALL).resourceVersion();
    try (Watch first = bench.registry.watch(MAPS, WatchOptions.from(from));
        Watch second = bench.registry.watch(MAPS, WatchOptions.from(from))) {
      map("a", "x");
      assertThat(next(first).object()).isSameAs(next(second).object());
    }
  }

  @Test
  void bookmarksComeEachMinute() throws InterruptedException {
    map("a", "x");
    String now = bench.registry.list(MAPS, ListOptions.ALL).resourceVersion();
    try (Watch watch = bench.registry.watch(MAPS, WatchOptions.from(now))) {
      bench.timers.advance(Duration.ofMinutes(1));
      WatchEvent bookmark = next(watch);
      assertThat(bookmark.type()).isEqualTo(WatchEvent.Type.BOOKMARK);
      assertThat(bookmark.object().meta().resourceVersion()).isEqualTo(now);
    }
  }

  @Test
  void timeoutEndsWithABookmark() throws InterruptedException {
    WatchOptions brief = new WatchOptions("", "", "1", true, null, 30);
    try (Watch watch = bench.registry.watch(Target.all(Kinds.SECRET), brief)) {
      bench.timers.advance(Duration.ofSeconds(30));
      assertThat(next(watch).type()).isEqualTo(WatchEvent.Type.BOOKMARK);
      assertThat(watch.next()).isNull();
    }
  }

  @Test
  void olderThanTheWindowIsExpired() {
    try (Bench small = bench(50, 1_000)) {
      String from = small.registry.list(MAPS, ListOptions.ALL).resourceVersion();
      for (int i = 0; i < 60; i++) {
        small.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: m%d}}".formatted(i));
      }
      small.registry.cache().awaitNewest();
      assertThatThrownBy(() -> small.registry.watch(MAPS, WatchOptions.from(from)))
          .isInstanceOf(ApiException.class)
          .hasMessageMatching("too old resource version: " + from + " \\(\\d+\\)")
          .matches(e -> ((ApiException) e).code() == 410);
    }
  }

  @Test
  void slowWatcherIsCutOffAndHoldsNobodyBack() throws InterruptedException {
    try (Bench small = bench(1_000, 10)) {
      String from = small.registry.list(MAPS, ListOptions.ALL).resourceVersion();
      try (Watch slow = small.registry.watch(MAPS, WatchOptions.from(from))) {
        for (int i = 0; i < 50; i++) {
          small.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: m%d}}".formatted(i));
        }
        small.registry.cache().awaitNewest();
        assertThat(small.registry.cache().watchers(Kinds.CONFIG_MAP)).isZero();
        assertThatThrownBy(slow::next)
            .isInstanceOf(ApiException.class)
            .matches(e -> ((ApiException) e).isExpired());
      }
    }
  }

  @Test
  void closingWakesTheReader() throws Exception {
    Watch watch = bench.registry.watch(MAPS, options("", "", "", false));
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<WatchEvent> reader = pool.submit(watch::next);
      watch.close();
      assertThat(reader.get()).isNull();
    }
  }

  private static Bench bench(int window, int queue) {
    WatchCacheSettings bounds =
        new WatchCacheSettings(
            window, Duration.ofMinutes(5), queue, Duration.ofMinutes(1), Duration.ofSeconds(3));
    Bench small = new Bench(new MemoryStore(), RegistrySettings.DEFAULT.withWatchCache(bounds));
    small.create(Kinds.NAMESPACE, "", "{metadata: {name: default}}");
    return small;
  }

  private static Callable<List<Long>> reader(Watch watch, int events) {
    return () -> {
      List<Long> revisions = new ArrayList<>(events);
      try (watch) {
        while (revisions.size() < events) {
          revisions.add(Long.valueOf(next(watch).object().meta().resourceVersion()));
        }
      }
      return revisions;
    };
  }

  /** Creates, changes and deletes by turns; every call is one event. */
  private static Callable<List<Long>> writer(Bench bench, String name, int writes) {
    return () -> {
      List<Long> revisions = new ArrayList<>(writes);
      Document made = null;
      for (int i = 0; i < writes; i++) {
        if (made == null) {
          made =
              bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: '%s'}}".formatted(name));
        } else {
          String value = Integer.toString(i);
          made =
              bench.update(
                  Kinds.CONFIG_MAP, made.with(tree -> tree.putObject("data").put("i", value)));
        }
        revisions.add(Long.valueOf(made.meta().resourceVersion()));
      }
      return revisions;
    };
  }

  private Document map(String name, String app) {
    return bench.create(
        Kinds.CONFIG_MAP,
        "default",
        "{metadata: {name: '%s', labels: {app: '%s'}}}".formatted(name, app));
  }

  private Document label(Document object, String app) {
    return bench.update(
        Kinds.CONFIG_MAP,
        object.with(tree -> ((ObjectNode) tree.at("/metadata/labels")).put("app", app)));
  }

  private static WatchOptions options(String labels, String fields, String from, boolean initial) {
    return new WatchOptions(labels, fields, from, initial, initial ? true : null, 0);
  }

  private static String line(Watch watch) throws InterruptedException {
    WatchEvent event = next(watch);
    return event.type() + " " + event.object().name();
  }

  private static WatchEvent next(Watch watch) throws InterruptedException {
    WatchEvent event = watch.next();
    assertThat(event).isNotNull();
    return event;
  }
}
