package dev.fairlead.apiserver.registry;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.apiserver.versions.EventsApi;
import dev.fairlead.apiserver.watch.Selection;
import dev.fairlead.apiserver.watch.Timers;
import dev.fairlead.apiserver.watch.WatchCache;
import dev.fairlead.store.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The API over a store: every verb on every kind of {@link Kinds#ALL}, without authentication and
 * without HTTP. Safe for any number of threads; several registries may share one store.
 */
public final class Registry implements KubeApi, AutoCloseable {
  private final Wiring wiring;
  private final Map<ResourceType, TypeRegistry> types;
  private final WatchCache cache;
  private final Lister lister;
  private final KubeApi events = new EventsApi(this);

  /**
   * A registry with timers of its own. Loads the watch cache before it returns.
   *
   * @param store stays open when the registry is closed
   * @param random for uids, generated names and allocations
   */
  public Registry(
      Store store, RegistrySettings settings, InstantSource clock, RandomGenerator random) {
    this(store, settings, clock, random, Timers.daemon());
  }

  /** The same with given timers, which are closed with the registry. */
  public Registry(
      Store store,
      RegistrySettings settings,
      InstantSource clock,
      RandomGenerator random,
      Timers timers) {
    this.wiring = new Wiring(store, settings, clock, random, timers);
    this.types = wiring.types();
    this.cache = wiring.cache();
    this.lister = new Lister(store, cache);
  }

  @Override
  public Document get(Target target) {
    if (target.type().equals(Kinds.EVENTS_EVENT)) {
      return events.get(target);
    }
    if (target.subresource().isEmpty()) {
      return type(target).get(target);
    }
    return subresources(target).get(target);
  }

  @Override
  public Listing list(Target target, ListOptions options) {
    if (target.type().equals(Kinds.EVENTS_EVENT)) {
      return events.list(target, options);
    }
    type(target);
    return lister.list(target, options);
  }

  @Override
  public Watch watch(Target target, WatchOptions options) {
    if (target.type().equals(Kinds.EVENTS_EVENT)) {
      return events.watch(target, options);
    }
    type(target);
    Selection selection = Selection.of(target, options.labelSelector(), options.fieldSelector());
    return cache.watch(target.type(), selection, options);
  }

  @Override
  public Document create(Target target, Document object, WriteOptions options) {
    if (target.type().equals(Kinds.EVENTS_EVENT)) {
      return events.create(target, object, options);
    }
    if (target.subresource().isEmpty()) {
      return type(target).create(target, object, options);
    }
    return subresources(target).create(target, object, options);
  }

  @Override
  public Document update(Target target, Document object, WriteOptions options) {
    if (target.type().equals(Kinds.EVENTS_EVENT)) {
      return events.update(target, object, options);
    }
    if (target.subresource().isEmpty()) {
      return type(target).update(target, object, Shape.MAIN, options);
    }
    return subresources(target).update(target, object, options);
  }

  @Override
  public Document patch(Target target, Patch patch, WriteOptions options) {
    if (target.type().equals(Kinds.EVENTS_EVENT)) {
      return events.patch(target, patch, options);
    }
    if (target.subresource().isEmpty()) {
      return type(target).patch(target, patch, Shape.MAIN, options);
    }
    return subresources(target).patch(target, patch, options);
  }

  @Override
  public Document delete(Target target, DeleteOptions options) {
    if (target.type().equals(Kinds.EVENTS_EVENT)) {
      return events.delete(target, options);
    }
    if (!target.subresource().isEmpty()) {
      throw ApiException.methodNotAllowed();
    }
    return type(target).delete(target, options);
  }

  @Override
  public Listing deleteCollection(Target target, ListOptions which, DeleteOptions options) {
    if (target.type().equals(Kinds.EVENTS_EVENT)) {
      return events.deleteCollection(target, which, options);
    }
    Listing found = list(target, which);
    List<Document> deleted = new ArrayList<>();
    for (Document object : found.items()) {
      try {
        delete(Target.object(target.type(), object.key()), options);
        deleted.add(object);
      } catch (ApiException e) {
        if (!e.isNotFound()) {
          throw e;
        }
      }
    }
    return new Listing(
        deleted, found.resourceVersion(), found.continueToken(), found.remainingItemCount());
  }

  /** The watch cache, for metrics and readiness. */
  public WatchCache cache() {
    return cache;
  }

  /** Ends all watches. The store stays open. */
  @Override
  public void close() {
    wiring.close();
  }

  private TypeRegistry type(Target target) {
    TypeRegistry found = types.get(target.type());
    if (found == null) {
      throw ApiException.noSuchPath();
    }
    return found;
  }

  private Subresource subresources(Target target) {
    type(target);
    return wiring.subresource(target);
  }
}
