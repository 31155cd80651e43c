package dev.fairlead.store;

import static dev.fairlead.store.Transactions.bytes;
import static dev.fairlead.store.Transactions.put;
import static dev.fairlead.store.Transactions.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.store.Store.CommitResult;
import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.KeyValue;
import dev.fairlead.store.Store.Operation;
import dev.fairlead.store.Store.RangeRequest;
import dev.fairlead.store.Store.Transaction;
import dev.fairlead.store.StoreWatch.Batch;
import dev.fairlead.store.StoreWatch.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The promises of {@link StoreContract} with many writers, many watchers and compaction. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class StoreConcurrencyContract {
  private static final int WRITERS = 8;
  private static final int WRITES = 100;
  private static final String LAST = "/z/last";

  @AutoClose protected Store store;

  /** An empty store. */
  protected abstract Store open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @Test
  void atomicCountersLoseNoIncrement() throws Exception {
    run(WRITERS, writer -> increment("/counter", WRITES / 4));
    assertThat(Transactions.valueOf(store, "/counter"))
        .isEqualTo(Integer.toString(WRITERS * (WRITES / 4)));
  }

  @Test
  void reliableOrderedUniqueEveryWatcherSeesEveryChange() throws Exception {
    List<List<Event>> seen = watchWhile(24, () -> run(WRITERS, this::writePairs));
    List<Event> first = seen.getFirst();
    assertThat(first).hasSize(WRITERS * WRITES * 2 + 1);
    assertThat(first)
        .extracting(event -> event.current().modRevision())
        .isSortedAccordingTo(Long::compare);
    assertThat(first.getLast().current().modRevision()).isEqualTo(store.revision());
    for (List<Event> other : seen) {
      assertThat(keysAndRevisions(other)).isEqualTo(keysAndRevisions(first));
    }
  }

  @Test
  void atomicNoBatchSplitsARevision() throws Exception {
    try (StoreWatch watch = store.watch("/", 2)) {
      run(WRITERS, this::writePairs);
      store.commit(put(LAST, ""));
      for (Batch batch = next(watch); ; batch = next(watch)) {
        TreeMap<Long, Integer> events = new TreeMap<>();
        batch.events().forEach(e -> events.merge(e.current().modRevision(), 1, Integer::sum));
        boolean last = batch.events().getLast().current().key().equals(LAST);
        assertThat(events.headMap(store.revision()))
            .allSatisfy((r, n) -> assertThat(n).isEqualTo(2));
        if (last) {
          return;
        }
      }
    }
  }

  @Test
  void theEventsOfAWatchRebuildTheState() throws Exception {
    List<Event> events = watchWhile(1, () -> run(WRITERS, this::writeAndDelete)).getFirst();
    Map<String, String> rebuilt = new TreeMap<>();
    for (Event event : events) {
      String key = event.current().key();
      String before = rebuilt.get(key);
      KeyValue previous = event.previous();
      assertThat(previous == null ? null : text(previous)).isEqualTo(before);
      if (event.type() == StoreWatch.Type.DELETE) {
        rebuilt.remove(key);
      } else {
        rebuilt.put(key, text(event.current()));
      }
    }
    Map<String, String> stored = new TreeMap<>();
    store.range(RangeRequest.prefix("/")).items().forEach(i -> stored.put(i.key(), text(i)));
    assertThat(rebuilt).isEqualTo(stored);
  }

  @Test
  void compactionWhileWatchingLosesNothingSilently() throws Exception {
    try (StoreWatch steps = store.watch("/", 0)) {
      Thread compactor = Thread.ofVirtual().start(() -> compactAlong(steps));
      List<List<Event>> seen = watchWhile(8, () -> run(WRITERS, this::writePairs));
      compactor.join();
      for (List<Event> events : seen) {
        // A watcher that was overtaken lists and watches again; what it then sees is in order.
        assertThat(events)
            .extracting(event -> event.current().modRevision())
            .isSortedAccordingTo(Long::compare);
        assertThat(events.getLast().current().key()).isEqualTo(LAST);
      }
    }
    assertThatThrownBy(() -> store.range(StoreContract.at("/", 2)))
        .isInstanceOf(CompactedException.class);
    assertThat(store.range(RangeRequest.prefix("/w")).count()).isEqualTo(WRITERS * 2 * 10L);
  }

  private void compactAlong(StoreWatch steps) {
    try {
      for (Batch batch = next(steps); ; batch = next(steps)) {
        store.compact(batch.revision() - 1);
        if (batch.events().getLast().current().key().equals(LAST)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<List<Event>> watchWhile(int watchers, Callable<?> work) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Event>>> running = new ArrayList<>();
      for (int i = 0; i < watchers; i++) {
        StoreWatch watch = store.watch("/", 0);
        running.add(executor.submit(() -> untilLast(watch)));
      }
      work.call();
      store.commit(put(LAST, ""));
      List<List<Event>> seen = new ArrayList<>();
      for (Future<List<Event>> each : running) {
        seen.add(each.get());
      }
      return seen;
    }
  }

  private List<Event> untilLast(StoreWatch first) throws InterruptedException {
    List<Event> events = new ArrayList<>();
    StoreWatch watch = first;
    while (true) {
      try (StoreWatch open = watch) {
        while (events.isEmpty() || !events.getLast().current().key().equals(LAST)) {
          events.addAll(next(open).events());
        }
        return events;
      } catch (CompactedException e) {
        watch = again();
      }
    }
  }

  private StoreWatch again() {
    while (true) {
      try {
        return store.watch("/", store.range(RangeRequest.prefix("/")).revision());
      } catch (CompactedException e) {
        continue; // compacted between the two calls
      }
    }
  }

  private Void writePairs(int writer) {
    for (int i = 0; i < WRITES; i++) {
      byte[] value = bytes(writer + " " + i);
      store.commit(
          Transactions.all(
              new Operation.Put("/w" + writer + "/a" + i % 10, value),
              new Operation.Put("/w" + writer + "/b" + i % 10, value)));
    }
    return null;
  }

  private Void writeAndDelete(int writer) {
    for (int i = 0; i < WRITES; i++) {
      String key = "/k" + (writer * 31 + i * 7) % 13;
      store.commit(i % 3 == 0 ? Transactions.delete(key) : put(key, writer + " " + i));
    }
    return null;
  }

  private Void increment(String key, int times) {
    for (int done = 0; done < times; ) {
      List<KeyValue> items = store.range(RangeRequest.key(key)).items();
      long revision = items.isEmpty() ? 0 : items.getFirst().modRevision();
      int value = items.isEmpty() ? 0 : Integer.parseInt(text(items.getFirst()));
      CommitResult result =
          store.commit(
              new Transaction(
                  List.of(new Compare(key, revision)),
                  List.of(new Operation.Put(key, bytes(Integer.toString(value + 1)))),
                  List.of()));
      done += result.succeeded() ? 1 : 0;
    }
    return null;
  }

  /** One numbered share of the work. */
  private interface Share {
    Void run(int number) throws Exception;
  }

  private static Void run(int shares, Share share) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < shares; i++) {
        int number = i;
        running.add(executor.submit(() -> share.run(number)));
      }
      for (Future<Void> each : running) {
        each.get();
      }
    }
    return null;
  }

  private static List<String> keysAndRevisions(List<Event> events) {
    return events.stream()
        .map(event -> event.current().key() + "@" + event.current().modRevision())
        .toList();
  }

  private static Batch next(StoreWatch watch) throws InterruptedException {
    return Objects.requireNonNull(watch.next(), "the watch ended");
  }
}
