package dev.fairlead.apiserver.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The current objects and the newest events of every type, fed by one watch of the store. LIST and
 * WATCH are served from here; a read that must be consistent first waits until the cache has come
 * as far as the store.
 *
 * <p>All state is guarded by one lock, held while a batch is applied or a snapshot taken, never
 * while anything blocks.
 */
public final class WatchCache implements AutoCloseable {
  private final Store store;
  private final WatchCacheSettings settings;
  private final Timers timers;
  private final Routes routes;
  private final Progress progress = new Progress();
  private final ReentrantLock lock = new ReentrantLock();
  private final OwnWrites own = new OwnWrites();
  private final CacheFeed feed;
  private final Timers.Timer bookmarkTimer;

  /**
   * Loads everything from the store and follows it from then on.
   *
   * @param observers told of keys that are no objects, before {@link #awaitRevision} of their
   *     revision returns
   */
  public WatchCache(
      Store store,
      List<ResourceType> types,
      List<KeyObserver> observers,
      WatchCacheSettings settings,
      InstantSource clock,
      Timers timers) {
    this.store = store;
    this.settings = settings;
    this.timers = timers;
    this.routes = new Routes(types, settings);
    this.feed = new CacheFeed(store, routes, observers, progress, lock, own, clock);
    feed.start();
    this.bookmarkTimer = timers.every(settings.bookmarkPeriod(), this::bookmarkAll);
  }

  /**
   * Tells the cache what is about to be written, so that it need not parse it when it is read back.
   *
   * @param object without resource version; owned by the cache from now on
   */
  public OwnWrite writing(ObjectNode object) {
    return own.announce(object);
  }

  /** What was said to be written was not. */
  public void notWritten(OwnWrite write) {
    own.forget(write);
  }

  /** Whether the cache has come as far as the store. */
  public boolean isNewest() {
    long newest = store.revision();
    return revision() >= newest;
  }

  /** The revision that the cache has reached. */
  public long revision() {
    return progress.revision();
  }

  /**
   * Waits until the cache has reached a revision.
   *
   * @return false when it has not within the settings' bound
   */
  public boolean awaitRevision(long revision) {
    return awaitRevision(revision, settings.freshnessWaitMax());
  }

  /** Waits until the cache has reached what the store has now. */
  public boolean awaitNewest() {
    return awaitRevision(store.revision());
  }

  /** One object as last seen; null when absent. */
  public @Nullable Document get(ResourceType type, String storageKey) {
    lock.lock();
    try {
      return routes.of(type).get(storageKey);
    } finally {
      lock.unlock();
    }
  }

  /** The objects of a type as last seen. */
  public Snapshot newest(ResourceType type) {
    lock.lock();
    try {
      return new Snapshot(type, progress.revision(), routes.of(type).documents());
    } finally {
      lock.unlock();
    }
  }

  /**
   * The objects of a type as they were at a revision; null when the cache does not know that any
   * more, or not yet. It is known as far back as events are, and not beyond {@link #forgetBefore}.
   */
  public @Nullable Snapshot at(ResourceType type, long revision) {
    lock.lock();
    try {
      DocumentTree documents =
          revision > progress.revision() ? null : routes.of(type).documents(revision);
      return documents == null ? null : new Snapshot(type, revision, documents);
    } finally {
      lock.unlock();
    }
  }

  /** The store was compacted: nobody is shown what was before a revision any more. */
  public void forgetBefore(long revision) {
    lock.lock();
    try {
      routes.all().forEach(cache -> cache.forgetBefore(revision));
    } finally {
      lock.unlock();
    }
  }

  /** How many former states of a type are kept. */
  public int pastStates(ResourceType type) {
    lock.lock();
    try {
      return routes.of(type).pastStates();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts a watch.
   *
   * @throws ApiException 410 when the revision to start from is older than what is kept; 504 when
   *     it is newer than what the cache reaches in time
   */
  public Watch watch(ResourceType type, Selection selection, WatchOptions options) {
    long from = Revisions.parse(options.resourceVersion());
    boolean fromNewest = options.resourceVersion().isEmpty();
    boolean latest = fromNewest || from == 0;
    boolean initial = options.watchList() || (latest && options.sendInitialEvents() == null);
    if (fromNewest) {
      Revisions.requireReached(awaitNewest(), store.revision(), revision());
    } else if (options.watchList()) {
      Revisions.requireReached(awaitRevision(from), from, revision());
    }
    CachedWatch watch = register(type, selection, options, initial, latest ? revision() : from);
    if (options.timeoutSeconds() > 0) {
      timers.after(Duration.ofSeconds(options.timeoutSeconds()), () -> expire(type, watch));
    }
    return watch;
  }

  /** How many watches of a type are running. */
  public int watchers(ResourceType type) {
    lock.lock();
    try {
      return routes.of(type).watchers().size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    bookmarkTimer.close();
    feed.close();
  }

  private CachedWatch register(
      ResourceType type, Selection selection, WatchOptions options, boolean initial, long from) {
    lock.lock();
    try {
      TypeCache cache = routes.of(type);
      Iterator<WatchEvent> first =
          initial ? existing(cache, selection, options) : missed(cache, selection, from);
      CachedWatch watch =
          new CachedWatch(
              selection,
              initial ? progress.revision() : from,
              options.bookmarks(),
              settings.queueEventsMax(),
              first,
              closed -> unregister(type, closed));
      cache.watchers().add(watch);
      return watch;
    } finally {
      lock.unlock();
    }
  }

  private Iterator<WatchEvent> existing(
      TypeCache cache, Selection selection, WatchOptions options) {
    Iterator<WatchEvent> objects = cache.existing(selection);
    if (!options.watchList() || !options.bookmarks()) {
      return objects;
    }
    WatchEvent end = cache.bookmark(progress.revision(), true);
    return Iterators.concat(objects, Collections.singleton(end).iterator());
  }

  private static Iterator<WatchEvent> missed(TypeCache cache, Selection selection, long from) {
    if (from < cache.window().floor()) {
      throw ApiException.expired(
          "too old resource version: %d (%d)".formatted(from, cache.window().floor() + 1));
    }
    return cache.window().after(from).stream()
        .filter(event -> selection.inScope(event.object()))
        .map(event -> event.seenBy(selection))
        .filter(event -> event != null)
        .iterator();
  }

  private void unregister(ResourceType type, CachedWatch watch) {
    lock.lock();
    try {
      routes.of(type).watchers().remove(watch);
    } finally {
      lock.unlock();
    }
  }

  private void expire(ResourceType type, CachedWatch watch) {
    lock.lock();
    try {
      TypeCache cache = routes.of(type);
      cache.watchers().remove(watch);
      watch.finish(cache.bookmark(progress.revision(), false));
    } finally {
      lock.unlock();
    }
  }

  private void bookmarkAll() {
    lock.lock();
    try {
      for (TypeCache cache : routes.all()) {
        WatchEvent bookmark = cache.bookmark(progress.revision(), false);
        cache.watchers().forEach(watch -> bookmark(watch, bookmark));
      }
    } finally {
      lock.unlock();
    }
  }

  private static void bookmark(CachedWatch watch, WatchEvent bookmark) {
    if (watch.bookmarks()) {
      watch.offerBookmark(bookmark);
    }
  }

  private boolean awaitRevision(long revision, Duration timeout) {
    try {
      return progress.await(revision, timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.unavailable("interrupted while waiting for the watch cache");
    }
  }
}
