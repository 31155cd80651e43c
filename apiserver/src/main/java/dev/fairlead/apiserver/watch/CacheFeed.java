package dev.fairlead.apiserver.watch;

import dev.fairlead.api.ApiException;
import dev.fairlead.store.CompactedException;
import dev.fairlead.store.Store;
import dev.fairlead.store.Store.KeyValue;
import dev.fairlead.store.Store.RangeRequest;
import dev.fairlead.store.Store.RangeResult;
import dev.fairlead.store.StoreWatch;
import dev.fairlead.store.StoreWatch.Batch;
import dev.fairlead.store.StoreWatch.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the store on one thread and applies what it reads to the caches. */
final class CacheFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CacheFeed.class);
  private static final String ROOT = "/registry/";
  private static final int PAGE = 1_000;
  private static final int RETRY_MILLIS = 500;

  private final Store store;
  private final Routes routes;
  private final List<KeyObserver> observers;
  private final Progress progress;
  private final ReentrantLock lock;
  private final OwnWrites own;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable StoreWatch running;

  CacheFeed(
      Store store,
      Routes routes,
      List<KeyObserver> observers,
      Progress progress,
      ReentrantLock lock,
      OwnWrites own,
      InstantSource clock) {
    this.store = store;
    this.routes = routes;
    this.observers = observers;
    this.progress = progress;
    this.lock = lock;
    this.own = own;
    this.clock = clock;
  }

  void start() {
    load();
    Thread.ofPlatform().daemon().name("watch-cache").start(this::run);
  }

  @Override
  public void close() {
    closed.countDown();
    StoreWatch watch = running;
    if (watch != null) {
      watch.close();
    }
  }

  private void run() {
    try {
      while (!isClosed()) {
        if (follow()) {
          break; // the store is closed
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      endAll(null);
    }
  }

  /** Applies batches until the watch ends; true when it will not come back. */
  private boolean follow() throws InterruptedException {
    try (StoreWatch watch = store.watch(ROOT, progress.revision() + 1)) {
      running = watch;
      if (isClosed()) {
        return true;
      }
      for (Batch batch = watch.next(); batch != null; batch = watch.next()) {
        apply(batch);
      }
      return true;
    } catch (CompactedException e) {
      LOG.info("the watch cache fell behind the store's history and loads again");
      return reload();
    } catch (RuntimeException e) {
      if (isClosed()) {
        return true;
      }
      LOG.warn("the store's watch broke; loading again", e);
      return closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS) || reload();
    }
  }

  private boolean reload() throws InterruptedException {
    try {
      endAll(ApiException.expired("too old resource version: the history was compacted"));
      load();
      return false;
    } catch (RuntimeException e) {
      LOG.warn("the store cannot be read; trying again", e);
      return closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void apply(Batch batch) {
    List<Change> changes = new ArrayList<>(batch.events().size());
    Instant now = clock.instant();
    for (Event event : batch.events()) {
      change(event, now, changes);
    }
    lock.lock();
    try {
      for (Change change : changes) {
        TypeCache cache = routes.ofKey(change.storageKey());
        if (cache != null) {
          cache.apply(change);
        }
      }
      progress.reached(Math.max(batch.revision(), progress.revision()));
    } finally {
      lock.unlock();
    }
  }

  private void change(Event event, Instant now, List<Change> changes) {
    String key = event.current().key();
    boolean put = event.type() == StoreWatch.Type.PUT;
    if (routes.ofKey(key) != null) {
      changes.add(
          new Change(
              key, event.current().modRevision(), now, put ? own.document(event.current()) : null));
    }
    for (KeyObserver observer : observers) {
      if (!key.startsWith(observer.prefix())) {
        continue;
      }
      if (put) {
        observer.onPut(key);
      } else {
        observer.onDelete(key);
      }
    }
  }

  /** Reads everything at one revision, page by page. */
  private void load() {
    List<KeyValue> all = new ArrayList<>();
    String start = ROOT;
    long revision = 0;
    boolean more = true;
    while (more) {
      RangeResult page =
          store.range(new RangeRequest(start, RangeRequest.prefixEnd(ROOT), PAGE, revision));
      revision = page.revision();
      all.addAll(page.items());
      more = page.more();
      start = all.isEmpty() ? start : all.getLast().key() + "\0";
    }
    replace(all, revision);
  }

  private void replace(List<KeyValue> all, long revision) {
    lock.lock();
    try {
      own.clear();
      routes.all().forEach(cache -> cache.reset(revision));
      for (KeyValue stored : all) {
        TypeCache cache = routes.ofKey(stored.key());
        if (cache != null) {
          cache.load(stored.key(), Versions.document(stored));
        }
      }
      for (KeyObserver observer : observers) {
        observer.reset(
            all.stream().map(KeyValue::key).filter(k -> k.startsWith(observer.prefix())).toList());
      }
      progress.reached(revision);
    } finally {
      lock.unlock();
    }
  }

  private void endAll(@Nullable ApiException error) {
    lock.lock();
    try {
      for (TypeCache cache : routes.all()) {
        for (CachedWatch watch : cache.watchers().clear()) {
          if (error == null) {
            watch.finish(null);
          } else {
            watch.fail(error);
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }
}
