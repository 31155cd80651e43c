package dev.fairlead.apiserver.versions;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;
import org.jspecify.annotations.Nullable;

/** {@code events.k8s.io/v1} over the events that {@code v1} stores. */
public final class EventsApi implements KubeApi {
  private static final int ATTEMPTS_MAX = 100;

  private final KubeApi stored;

  /**
   * A second face of the same events.
   *
   * @param stored serves {@code v1}
   */
  public EventsApi(KubeApi stored) {
    this.stored = stored;
  }

  @Override
  public Document get(Target target) {
    return EventVersions.toEvents(stored.get(core(target)));
  }

  @Override
  public Listing list(Target target, ListOptions options) {
    return events(stored.list(core(target), core(options)));
  }

  @Override
  public Watch watch(Target target, WatchOptions options) {
    WatchOptions core =
        new WatchOptions(
            options.labelSelector(),
            EventVersions.toCore(options.fieldSelector()),
            options.resourceVersion(),
            options.bookmarks(),
            options.sendInitialEvents(),
            options.timeoutSeconds());
    return new Converted(stored.watch(core(target), core));
  }

  @Override
  public Document create(Target target, Document object, WriteOptions options) {
    Document event = core(object);
    EventRules.create(event);
    return EventVersions.toEvents(stored.create(core(target), event, options));
  }

  @Override
  public Document update(Target target, Document object, WriteOptions options) {
    Document event = core(object);
    check(event, find(core(target)));
    return answer(stored.update(core(target), event, options));
  }

  /** The patch is about this version's fields, so it is applied to this version. */
  @Override
  public Document patch(Target target, Patch patch, WriteOptions options) {
    if (patch.type() == Patch.Type.APPLY) {
      return apply(core(target), EventPatches.toCore(patch), options);
    }
    for (int attempt = 1; ; attempt++) {
      Document before = stored.get(core(target));
      Document after = EventPatches.patched(before, patch, options);
      EventRules.update(after, before);
      try {
        return answer(stored.update(core(target), after, options));
      } catch (ApiException e) {
        boolean mine = before.meta().resourceVersion().equals(after.meta().resourceVersion());
        if (!e.isConflict() || !mine || attempt == ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }

  /** Looks first what would come of it: the rules are about the whole event. */
  private Document apply(Target core, Patch patch, WriteOptions options) {
    WriteOptions dry =
        new WriteOptions(true, options.fieldManager(), options.force(), options.validation());
    Document before = find(core);
    Document wanted = stored.patch(core, patch, dry);
    check(wanted, before);
    return answer(options.dryRun() ? wanted : stored.patch(core, patch, options));
  }

  private static void check(Document event, @Nullable Document before) {
    if (before == null) {
      EventRules.create(event);
    } else {
      EventRules.update(event, before);
    }
  }

  private @Nullable Document find(Target core) {
    try {
      return stored.get(core);
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return null;
      }
      throw e;
    }
  }

  private static Document answer(Document core) {
    Document event = EventVersions.toEvents(core);
    return core.isCreated() ? event.asCreated() : event;
  }

  @Override
  public Document delete(Target target, DeleteOptions options) {
    return stored.delete(core(target), options);
  }

  @Override
  public Listing deleteCollection(Target target, ListOptions which, DeleteOptions options) {
    return events(stored.deleteCollection(core(target), core(which), options));
  }

  private static Target core(Target target) {
    return new Target(Kinds.EVENT, target.namespace(), target.name(), target.subresource());
  }

  private static Document core(Document event) {
    return EventVersions.toCore(event);
  }

  private static ListOptions core(ListOptions options) {
    return new ListOptions(
        options.labelSelector(),
        EventVersions.toCore(options.fieldSelector()),
        options.resourceVersion(),
        options.resourceVersionMatch(),
        options.limit(),
        options.continueToken());
  }

  private static Listing events(Listing listing) {
    return new Listing(
        listing.items().stream().map(EventVersions::toEvents).toList(),
        listing.resourceVersion(),
        listing.continueToken(),
        listing.remainingItemCount());
  }

  private record Converted(Watch core) implements Watch {
    @Override
    public @Nullable WatchEvent next() throws InterruptedException {
      WatchEvent event = core.next();
      return event == null
          ? null
          : new WatchEvent(event.type(), EventVersions.toEvents(event.object()));
    }

    @Override
    public void close() {
      core.close();
    }
  }
}
