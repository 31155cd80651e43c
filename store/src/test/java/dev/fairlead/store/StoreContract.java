package dev.fairlead.store;

import static dev.fairlead.store.Transactions.all;
import static dev.fairlead.store.Transactions.bytes;
import static dev.fairlead.store.Transactions.create;
import static dev.fairlead.store.Transactions.delete;
import static dev.fairlead.store.Transactions.put;
import static dev.fairlead.store.Transactions.text;
import static dev.fairlead.store.Transactions.valueOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.store.Store.CommitResult;
import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.KeyValue;
import dev.fairlead.store.Store.Operation;
import dev.fairlead.store.Store.RangeRequest;
import dev.fairlead.store.Store.RangeResult;
import dev.fairlead.store.Store.Transaction;
import dev.fairlead.store.StoreWatch.Batch;
import dev.fairlead.store.StoreWatch.Event;
import dev.fairlead.store.StoreWatch.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every engine promises, one named check per promise. An engine's test extends this class;
 * {@link StoreConcurrencyContract} holds the same promises under load.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class StoreContract {
  @AutoClose protected Store store;

  /** An empty store. */
  protected abstract Store open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @Test
  void anEmptyStoreIsAtRevisionOne() {
    assertThat(store.revision()).isEqualTo(1);
    RangeResult all = store.range(RangeRequest.prefix("/"));
    assertThat(all.items()).isEmpty();
    assertThat(all.revision()).isEqualTo(1);
  }

  @Test
  void orderedEachWriteTakesTheNextRevision() {
    assertThat(store.commit(put("/a", "1")).revision()).isEqualTo(2);
    assertThat(store.commit(put("/a", "2")).revision()).isEqualTo(3);
    assertThat(store.commit(delete("/a")).revision()).isEqualTo(4);
    assertThat(store.revision()).isEqualTo(4);
  }

  @Test
  void orderedACommitThatWritesNothingTakesNone() {
    store.commit(put("/a", "1"));
    assertThat(store.commit(delete("/absent")).revision()).isEqualTo(2);
    assertThat(store.commit(create("/a", "x")).revision()).isEqualTo(2);
    assertThat(store.commit(all(new Operation.Get("/a"))).revision()).isEqualTo(2);
  }

  @Test
  void aKeyCarriesItsHistory() {
    store.commit(put("/a", "1"));
    store.commit(put("/b", "1"));
    store.commit(put("/a", "2"));
    assertThat(get("/a")).returns(2L, KeyValue::createRevision).returns(4L, KeyValue::modRevision);
    assertThat(get("/a").version()).isEqualTo(2);
    store.commit(delete("/a"));
    store.commit(put("/a", "3"));
    assertThat(get("/a")).returns(6L, KeyValue::createRevision).returns(1L, KeyValue::version);
  }

  @Test
  void compareHoldsOnlyForTheExactRevision() {
    long created = store.commit(create("/a", "1")).revision();
    assertThat(store.commit(create("/a", "2")).succeeded()).isFalse();
    assertThat(store.commit(update("/a", created + 1, "2")).succeeded()).isFalse();
    assertThat(store.commit(update("/a", created, "2")).succeeded()).isTrue();
    assertThat(valueOf(store, "/a")).isEqualTo("2");
  }

  @Test
  void aFailedCompareCarriesOutTheOtherSide() {
    store.commit(put("/a", "1"));
    CommitResult result = store.commit(create("/a", "2"));
    assertThat(result.succeeded()).isFalse();
    assertThat(result.reads()).extracting(Transactions::text).containsExactly("1");
  }

  @Test
  void aGetSeesTheWritesBeforeItInItsTransaction() {
    store.commit(put("/b", "old"));
    CommitResult result =
        store.commit(
            all(
                new Operation.Get("/b"),
                new Operation.Put("/a", bytes("new")),
                new Operation.Delete("/b"),
                new Operation.Get("/a"),
                new Operation.Get("/b")));
    assertThat(result.reads()).extracting(Transactions::text).containsExactly("old", "new");
    assertThat(result.reads().getLast().modRevision()).isEqualTo(result.revision());
  }

  @Test
  void atomicAllOperationsCarryOneRevision() throws Exception {
    store.commit(put("/gone", "1"));
    try (StoreWatch watch = store.watch("/", 0)) {
      long revision =
          store
              .commit(
                  all(
                      new Operation.Put("/a", bytes("1")),
                      new Operation.Delete("/gone"),
                      new Operation.Put("/b", bytes("2"))))
              .revision();
      Batch batch = next(watch);
      assertThat(batch.revision()).isEqualTo(revision);
      assertThat(batch.events())
          .extracting(event -> event.current().key())
          .containsExactly("/a", "/gone", "/b");
      assertThat(batch.events())
          .allSatisfy(event -> assertThat(event.current().modRevision()).isEqualTo(revision));
      assertThat(store.range(at("/", revision - 1)).items())
          .extracting(KeyValue::key)
          .containsExactly("/gone");
    }
  }

  @Test
  void aTransactionThatWritesAKeyTwiceIsRefused() {
    Transaction twice = all(new Operation.Put("/a", bytes("1")), new Operation.Delete("/a"));
    assertThatThrownBy(() -> store.commit(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/a");
    assertThat(store.revision()).isEqualTo(1);
  }

  @Test
  void rangeIsOrderedAndHalfOpen() {
    for (String key : List.of("/b", "/a/2", "/a/1", "/a", "/a0")) {
      store.commit(put(key, key));
    }
    assertThat(store.range(RangeRequest.prefix("/a/")).items())
        .extracting(KeyValue::key)
        .containsExactly("/a/1", "/a/2");
    assertThat(store.range(new RangeRequest("/a", "/b", 0, 0)).items())
        .extracting(KeyValue::key)
        .containsExactly("/a", "/a/1", "/a/2", "/a0");
    assertThat(store.range(new RangeRequest("/b", "/a", 0, 0)).items()).isEmpty();
    assertThat(store.range(RangeRequest.key("/a/")).items()).isEmpty();
  }

  @Test
  void rangeStopsAtTheLimitAndCountsTheRest() {
    for (int i = 0; i < 5; i++) {
      store.commit(put("/k/" + i, ""));
    }
    store.commit(delete("/k/0"));
    RangeResult page = store.range(new RangeRequest("/k/", "/k0", 3, 0));
    assertThat(page.items()).extracting(KeyValue::key).containsExactly("/k/1", "/k/2", "/k/3");
    assertThat(page).returns(true, RangeResult::more).returns(4L, RangeResult::count);
    RangeResult whole = store.range(new RangeRequest("/k/", "/k0", 4, 0));
    assertThat(whole).returns(false, RangeResult::more).returns(4L, RangeResult::count);
  }

  @Test
  void rangeReadsThePastAsItWas() {
    store.commit(put("/a", "1"));
    store.commit(put("/a", "2"));
    store.commit(delete("/a"));
    assertThat(store.range(at("/", 1)).items()).isEmpty();
    assertThat(store.range(at("/", 2)).items()).extracting(Transactions::text).containsExactly("1");
    assertThat(store.range(at("/", 3)).items()).extracting(Transactions::text).containsExactly("2");
    assertThat(store.range(at("/", 4)).items()).isEmpty();
    assertThatThrownBy(() -> store.range(at("/", 5))).isInstanceOf(FutureRevisionException.class);
  }

  @Test
  void aWatchTellsWhatWasBefore() throws Exception {
    try (StoreWatch watch = store.watch("/", 0)) {
      store.commit(put("/a", "1"));
      store.commit(put("/a", "2"));
      store.commit(delete("/a"));
      List<Event> events = take(watch, 3);
      assertThat(events).extracting(Event::type).containsExactly(Type.PUT, Type.PUT, Type.DELETE);
      assertThat(events.get(0).previous()).isNull();
      assertThat(text(Objects.requireNonNull(events.get(1).previous()))).isEqualTo("1");
      assertThat(text(Objects.requireNonNull(events.get(2).previous()))).isEqualTo("2");
      assertThat(events.get(2).current())
          .returns(4L, KeyValue::modRevision)
          .returns(0L, KeyValue::version);
      assertThat(events.get(2).current().value()).isEmpty();
    }
  }

  @Test
  void aWatchSeesOnlyItsPrefix() throws Exception {
    try (StoreWatch watch = store.watch("/a/", 0)) {
      store.commit(put("/a", "no"));
      store.commit(put("/b/1", "no"));
      store.commit(
          all(new Operation.Put("/a/1", bytes("yes")), new Operation.Put("/c", bytes(""))));
      assertThat(take(watch, 1)).extracting(e -> e.current().key()).containsExactly("/a/1");
    }
  }

  @Test
  void uniqueAWatchFromNowSeesNothingOld() throws Exception {
    store.commit(put("/a", "old"));
    try (StoreWatch watch = store.watch("/", 0)) {
      store.commit(put("/a", "new"));
      assertThat(take(watch, 1)).extracting(e -> text(e.current())).containsExactly("new");
    }
  }

  @Test
  void resumableAWatchFromAnyRevisionSeesAllSince() throws Exception {
    for (int i = 0; i < 2000; i++) {
      store.commit(put("/k/" + i % 7, Integer.toString(i)));
    }
    for (long from : List.of(1L, 2L, 3L, 1000L, 2001L)) {
      try (StoreWatch watch = store.watch("/k/", from)) {
        int first = (int) Math.max(0, from - 2);
        List<Event> events = take(watch, 2000 - first);
        assertThat(text(events.getFirst().current())).isEqualTo(Integer.toString(first));
        assertThat(text(events.getLast().current())).isEqualTo("1999");
      }
    }
  }

  @Test
  void resumableARangeThenAWatchMissesNothing() throws Exception {
    store.commit(put("/a", "1"));
    RangeResult listed = store.range(RangeRequest.prefix("/"));
    store.commit(put("/b", "2"));
    try (StoreWatch watch = store.watch("/", listed.revision() + 1)) {
      assertThat(take(watch, 1)).extracting(e -> e.current().key()).containsExactly("/b");
    }
  }

  @Test
  void compactionForgetsThePastAndKeepsTheLiving() {
    store.commit(put("/a", "1"));
    store.commit(put("/a", "2"));
    store.commit(put("/b", "1"));
    store.commit(delete("/b"));
    store.commit(put("/a", "3"));
    store.compact(5);
    assertThatThrownBy(() -> store.range(at("/", 4))).isInstanceOf(CompactedException.class);
    assertThat(store.range(at("/", 5)).items()).extracting(Transactions::text).containsExactly("2");
    assertThat(store.range(at("/", 6)).items()).extracting(Transactions::text).containsExactly("3");
    assertThat(store.commit(create("/b", "again")).succeeded()).isTrue();
  }

  @Test
  void compactionRefusesThePastAndTheFuture() {
    store.commit(put("/a", "1"));
    store.compact(2);
    assertThatThrownBy(() -> store.compact(2)).isInstanceOf(CompactedException.class);
    assertThatThrownBy(() -> store.compact(1))
        .isInstanceOfSatisfying(
            CompactedException.class, e -> assertThat(e.compactedRevision()).isEqualTo(2));
    assertThatThrownBy(() -> store.compact(3)).isInstanceOf(FutureRevisionException.class);
  }

  @Test
  void aWatchFromACompactedRevisionIsRefused() throws Exception {
    store.commit(put("/a", "1"));
    store.commit(put("/a", "2"));
    store.commit(put("/a", "3"));
    store.compact(3);
    assertThatThrownBy(() -> store.watch("/", 3).close()).isInstanceOf(CompactedException.class);
    try (StoreWatch watch = store.watch("/", 4)) {
      Event event = take(watch, 1).getFirst();
      assertThat(text(Objects.requireNonNull(event.previous()))).isEqualTo("2");
    }
  }

  @Test
  void aWatchThatACompactionOvertakesFails() {
    store.commit(put("/a", "1"));
    try (StoreWatch watch = store.watch("/", 2)) {
      store.commit(put("/a", "2"));
      store.compact(3);
      assertThatThrownBy(watch::next).isInstanceOf(CompactedException.class);
    }
  }

  @Test
  void closingAWatchEndsTheWait() throws Exception {
    StoreWatch watch = store.watch("/", 0);
    Thread closer = Thread.ofVirtual().start(watch::close);
    assertThat(watch.next()).isNull();
    closer.join();
  }

  @Test
  void closingTheStoreEndsItsWatchesAndRefusesWork() throws Exception {
    StoreWatch watch = store.watch("/", 0);
    Thread closer = Thread.ofVirtual().start(store::close);
    assertThat(watch.next()).isNull();
    closer.join();
    assertThatThrownBy(() -> store.commit(put("/a", "1"))).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.range(RangeRequest.key("/a")))
        .isInstanceOf(StoreException.class);
  }

  /** Everything under a prefix at one revision. */
  protected static RangeRequest at(String prefix, long revision) {
    return new RangeRequest(prefix, RangeRequest.prefixEnd(prefix), 0, revision);
  }

  /** Reads exactly {@code count} events. */
  protected static List<Event> take(StoreWatch watch, int count) throws InterruptedException {
    List<Event> events = new ArrayList<>();
    while (events.size() < count) {
      events.addAll(next(watch).events());
    }
    assertThat(events).hasSize(count);
    return events;
  }

  /** The next batch of a watch that must not have ended. */
  protected static Batch next(StoreWatch watch) throws InterruptedException {
    return Objects.requireNonNull(watch.next(), "the watch ended");
  }

  private KeyValue get(String key) {
    return store.range(RangeRequest.key(key)).items().getFirst();
  }

  private static Transaction update(String key, long modRevision, String value) {
    return new Transaction(
        List.of(new Compare(key, modRevision)),
        List.of(new Operation.Put(key, bytes(value))),
        List.of());
  }
}
