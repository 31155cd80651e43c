package dev.fairlead.client;

import dev.fairlead.api.Document;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WatchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The informer: a {@link Reflector} reads the API on its thread and hands over, through a bounded
 * queue, to the informer's own virtual thread, which alone writes the cache and calls listeners. A
 * slow listener thus holds back the watch, and in the end the server cuts it off with 410, after
 * which the difference is told.
 */
public final class SharedInformer implements Informer {
  private static final Logger log = LoggerFactory.getLogger(SharedInformer.class);
  private static final int PENDING_MAX = 1024;

  private final Target target;
  private final ObjectCache cache = new ObjectCache();
  private final BlockingQueue<Runnable> pending = new ArrayBlockingQueue<>(PENDING_MAX);
  private final List<Listener> listeners = new ArrayList<>();
  private final CountDownLatch synced = new CountDownLatch(1);
  private final Thread thread;
  private final Reflector reflector;
  private volatile String reached = "";
  private volatile boolean closed;

  private SharedInformer(Builder builder) {
    target = Target.collection(builder.type, builder.namespace);
    builder.indexes.forEach(cache::addIndex);
    thread = Thread.ofVirtual().name("informer-" + builder.type.plural()).unstarted(this::run);
    var subject = new Reflector.Subject(target, builder.labelSelector, builder.fieldSelector);
    reflector = Reflector.start(builder.api, subject, builder.backoff, new Intake());
  }

  /** Begins to describe an informer of one type, in all namespaces unless told otherwise. */
  public static Builder builder(KubeApi api, ResourceType type) {
    return new Builder(api, type);
  }

  /**
   * Adds an index to a running informer. Registering a name again changes nothing.
   *
   * @param values the index values of an object; must be pure
   */
  public void addIndex(String name, Function<Document, ? extends Collection<String>> values) {
    cache.addIndex(name, values);
  }

  /**
   * The revision that this copy has reached: what was written up to it shows in what is read after
   * this call, or has been deleted since. Empty before the first list.
   */
  public String reached() {
    return reached;
  }

  @Override
  public boolean synced() {
    return synced.getCount() == 0;
  }

  @Override
  public boolean awaitSynced(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    if (!synced.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    // What is taken from the queue after all that is in it now.
    CountDownLatch told = new CountDownLatch(1);
    return pending.offer(told::countDown, end - System.nanoTime(), TimeUnit.NANOSECONDS)
        && told.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  public @Nullable Document get(ObjectKey key) {
    return cache.get(key);
  }

  @Override
  public Collection<Document> all() {
    return cache.all();
  }

  @Override
  public Collection<Document> inNamespace(String namespace) {
    return cache.inNamespace(namespace);
  }

  @Override
  public Collection<Document> byIndex(String name, String value) {
    return cache.byIndex(name, value);
  }

  @Override
  public void addListener(Listener listener) {
    try {
      while (!closed && !pending.offer(() -> introduce(listener), 1, TimeUnit.SECONDS)) {
        log.debug("informer of {} is busy; the new listener waits", target.type());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while adding a listener", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    reflector.close();
    thread.interrupt();
  }

  private void run() {
    try {
      while (!closed) {
        pending.take().run();
      }
    } catch (InterruptedException e) {
      log.debug("informer of {} ends", target.type());
    }
  }

  private void introduce(Listener listener) {
    listeners.add(listener);
    for (Document object : cache.all()) {
      guarded(listener, () -> listener.onChange(null, object));
    }
    if (synced()) {
      guarded(listener, listener::onSynced);
    }
  }

  private void replace(List<Document> objects, String revision) {
    record Change(@Nullable Document before, @Nullable Document after) {}
    List<Change> changes = new ArrayList<>();
    Set<ObjectKey> gone = new HashSet<>(cache.keys());
    for (Document object : objects) {
      gone.remove(object.key());
      Document before = cache.put(object.key(), object);
      if (before == null || !sameRevision(before, object)) {
        changes.add(new Change(before, object));
      }
    }
    for (ObjectKey key : gone) {
      changes.add(new Change(cache.put(key, null), null));
    }
    reached = revision;
    changes.forEach(change -> tell(change.before(), change.after()));
    if (!synced()) {
      synced.countDown();
      listeners.forEach(listener -> guarded(listener, listener::onSynced));
    }
  }

  private void change(WatchEvent event) {
    Document object = event.object();
    boolean deleted = event.type() == WatchEvent.Type.DELETED;
    Document before = cache.put(object.key(), deleted ? null : object);
    reached = object.meta().resourceVersion();
    if (deleted && before == null) {
      return;
    }
    tell(deleted ? object : before, deleted ? null : object);
  }

  private void tell(@Nullable Document before, @Nullable Document after) {
    if (before != null && after != null && !before.meta().uid().equals(after.meta().uid())) {
      tell(before, null);
      tell(null, after);
      return;
    }
    for (Listener listener : listeners) {
      guarded(listener, () -> listener.onChange(before, after));
    }
  }

  private void guarded(Listener listener, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      log.error("a listener of {} failed: {}", target.type(), listener.getClass().getName(), e);
    }
  }

  private static boolean sameRevision(Document before, Document after) {
    return before.meta().resourceVersion().equals(after.meta().resourceVersion())
        && before.meta().uid().equals(after.meta().uid());
  }

  /** Runs on the reflector's thread. */
  private final class Intake implements Reflector.Sink {
    @Override
    public void replaced(List<Document> objects, String revision) throws InterruptedException {
      pending.put(() -> replace(objects, revision));
    }

    @Override
    public void changed(WatchEvent event) throws InterruptedException {
      pending.put(() -> change(event));
    }
  }

  /** What to inform about. */
  public static final class Builder {
    private final KubeApi api;
    private final ResourceType type;
    private final Map<String, Function<Document, ? extends Collection<String>>> indexes =
        new LinkedHashMap<>();
    private String namespace = "";
    private String labelSelector = "";
    private String fieldSelector = "";
    private Backoff backoff = Backoff.CONNECTION;

    private Builder(KubeApi api, ResourceType type) {
      this.api = api;
      this.type = type;
    }

    /** Only this namespace; empty for all. */
    public Builder namespace(String namespace) {
      this.namespace = namespace;
      return this;
    }

    /** Only what this selector, in query form, selects. */
    public Builder labelSelector(String selector) {
      this.labelSelector = selector;
      return this;
    }

    /**
     * Only what this selector, in query form, selects, for example {@code spec.nodeName=node-1}.
     */
    public Builder fieldSelector(String selector) {
      this.fieldSelector = selector;
      return this;
    }

    /** An index for {@link Informer#byIndex}; {@code values} must be pure. */
    public Builder index(String name, Function<Document, ? extends Collection<String>> values) {
      indexes.put(name, values);
      return this;
    }

    /** How to wait while the API does not answer. */
    public Builder backoff(Backoff backoff) {
      this.backoff = backoff;
      return this;
    }

    /** Starts it. Returns at once; nothing is known yet. */
    public SharedInformer start() {
      SharedInformer informer = new SharedInformer(this);
      informer.thread.start();
      return informer;
    }
  }
}
