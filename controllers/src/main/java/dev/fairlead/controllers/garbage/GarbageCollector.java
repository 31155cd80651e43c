package dev.fairlead.controllers.garbage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.client.Controller;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.Informer;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.garbage.OwnerGraph.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes objects whose owners are all gone, and carries out foreground deletion and orphaning
 * (upstream: {@code pkg/controller/garbagecollector}). An owner counts as gone only after the API
 * itself has said so, by UID.
 */
public final class GarbageCollector implements Reconciler<String> {
  private static final int WORKERS = 4;

  /** When to look again for what the API has and no informer has told of yet. */
  private static final Duration UNSEEN = Duration.ofSeconds(1);

  private final ControllerContext context;
  private final EventRecorder events;
  private final Reads reads;
  private final OwnerGraph graph = new OwnerGraph();
  private final WorkQueue<String> queue = new KeyedWorkQueue<>();

  private GarbageCollector(ControllerContext context) {
    this.context = context;
    this.events = context.events().as("garbage-collector-controller");
    this.reads = new Reads(context.api());
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    GarbageCollector collector = new GarbageCollector(context);
    List<Informer> reads = new ArrayList<>();
    for (ResourceType type : Reads.TYPES) {
      SharedInformer informer = context.informers().informer(type);
      informer.addListener((before, after) -> collector.changed(type, before, after));
      reads.add(informer);
    }
    return Controller.start(
        "garbage", WORKERS, collector.queue, collector, reads.toArray(Informer[]::new));
  }

  private void changed(ResourceType type, @Nullable Document before, @Nullable Document after) {
    if (after != null) {
      graph.put(Item.of(type, after)).forEach(queue::add);
    } else if (before != null) {
      graph.remove(before.meta().uid()).forEach(queue::add);
    }
  }

  @Override
  public void reconcile(String uid) {
    Item item = graph.get(uid);
    if (item == null) {
      return;
    }
    if (item.orphans()) {
      letGo(item);
    } else if (item.waitsForDependents()) {
      foreground(item);
    } else if (!item.deleting() && !item.owners().isEmpty()) {
      collect(item);
    }
  }

  private void letGo(Item owner) {
    for (Item dependent : reads.dependents(owner)) {
      removeOwners(dependent, Set.of(owner.uid()));
    }
    removeFinalizer(owner, OwnerGraph.ORPHAN);
  }

  private void foreground(Item owner) {
    List<Item> owned = graph.dependents(owner.uid());
    // Those that wait themselves are looked at when that ends: in a circle this would never end.
    owned.stream()
        .filter(dependent -> !dependent.waitsForDependents())
        .forEach(dependent -> queue.add(dependent.uid()));
    if (blocked(owner, owned)) {
      return;
    }
    if (blocked(owner, reads.dependents(owner))) {
      queue.addAfter(owner.uid(), UNSEEN);
    } else {
      removeFinalizer(owner, OwnerGraph.FOREGROUND);
    }
  }

  private static boolean blocked(Item owner, List<Item> owned) {
    return owned.stream()
        .flatMap(dependent -> dependent.owners().stream())
        .anyMatch(ref -> ref.uid().equals(owner.uid()) && ref.blockOwnerDeletion());
  }

  /** The graph may be behind: before anything goes, its owners are read from the API. */
  private void collect(Item known) {
    boolean settled =
        known.owners().stream()
            .map(owner -> graph.get(owner.uid()))
            .allMatch(owner -> owner != null && !owner.waitsForDependents() && owner.mayOwn(known));
    Document fresh = settled ? null : reads.read(known);
    if (fresh != null && !fresh.meta().deleting()) {
      Item item = Item.of(known.type(), fresh);
      warn(item, fresh);
      collect(item, fresh.meta().resourceVersion());
    }
  }

  /** An owner in another namespace is none; whoever wrote the reference hears of it. */
  private void warn(Item item, Document fresh) {
    for (OwnerReference owner : item.owners()) {
      Item known = graph.get(owner.uid());
      if (known != null && !known.mayOwn(item)) {
        String namespace = item.key().namespace();
        events.warning(
            fresh,
            "OwnerRefInvalidNamespace",
            "ownerRef [%s/%s, namespace: %s, name: %s, uid: %s] does not exist in namespace \"%s\""
                .formatted(
                    owner.apiVersion(),
                    owner.kind(),
                    namespace,
                    owner.name(),
                    owner.uid(),
                    namespace));
      }
    }
  }

  /**
   * What has become of an item's owners.
   *
   * @param solid one is there, and stays
   * @param waiting one goes when its dependents have gone
   * @param leaving UIDs of those that are gone or going
   */
  private record Owners(boolean solid, boolean waiting, Set<String> leaving) {}

  private void collect(Item item, String resourceVersion) {
    Owners owners = owners(item);
    if (owners.leaving().isEmpty()) {
      return;
    }
    if (owners.solid()) {
      removeOwners(item, owners.leaving());
      return;
    }
    List<Item> owned = owners.waiting() ? graph.dependents(item.uid()) : List.of();
    boolean circle = owned.stream().anyMatch(Item::waitsForDependents);
    if (circle && item.owners().stream().anyMatch(OwnerReference::blockOwnerDeletion)) {
      // Perhaps they wait for each other: somebody has to go first.
      unblock(item);
      queue.add(item.uid());
      return;
    }
    delete(item, resourceVersion, !owned.isEmpty());
  }

  private Owners owners(Item item) {
    boolean solid = false;
    boolean waiting = false;
    Set<String> leaving = new HashSet<>();
    for (OwnerReference owner : item.owners()) {
      Item known = graph.get(owner.uid());
      boolean fits = known != null && known.mayOwn(item);
      if (fits && known != null && known.waitsForDependents()) {
        waiting = true;
        leaving.add(owner.uid());
      } else if (fits || reads.exists(item, owner)) {
        solid = true;
        if (known == null && Reads.told(item, owner)) {
          // It could come and go between two lists, and its end would be told to nobody.
          queue.addAfter(item.uid(), UNSEEN);
        }
      } else {
        leaving.add(owner.uid());
      }
    }
    return new Owners(solid, waiting, leaving);
  }

  private void unblock(Item item) {
    edit(
        item,
        (metadata, object) -> {
          ArrayNode owners = metadata.putArray("ownerReferences");
          for (JsonNode owner : object.tree().at("/metadata/ownerReferences")) {
            owners.add(((ObjectNode) owner.deepCopy()).put("blockOwnerDeletion", false));
          }
        });
  }

  private void delete(Item item, String resourceVersion, boolean foreground) {
    DeleteOptions.Propagation propagation = DeleteOptions.Propagation.BACKGROUND;
    if (item.finalizers().contains(OwnerGraph.ORPHAN)) {
      propagation = DeleteOptions.Propagation.ORPHAN;
    } else if (foreground || item.finalizers().contains(OwnerGraph.FOREGROUND)) {
      propagation = DeleteOptions.Propagation.FOREGROUND;
    }
    try {
      Document _ =
          context
              .api()
              .delete(
                  Target.object(item.type(), item.key()),
                  new DeleteOptions(null, propagation, item.uid(), resourceVersion, false));
    } catch (ApiException e) {
      if (!e.isNotFound()) { // a conflict is tried again: somebody may have adopted it
        throw e;
      }
    }
  }

  private void removeOwners(Item item, Set<String> uids) {
    edit(
        item,
        (metadata, object) -> {
          ArrayNode kept = metadata.putArray("ownerReferences");
          for (JsonNode owner : object.tree().at("/metadata/ownerReferences")) {
            if (!uids.contains(owner.path("uid").asText())) {
              kept.add(owner);
            }
          }
        });
  }

  private void removeFinalizer(Item item, String finalizer) {
    edit(
        item,
        (metadata, object) -> {
          ArrayNode kept = metadata.putArray("finalizers");
          object.meta().finalizers().stream()
              .filter(each -> !each.equals(finalizer))
              .forEach(kept::add);
        });
  }

  /** What to change in an object's metadata, given the object as it is. */
  @FunctionalInterface
  private interface Edit {
    void apply(ObjectNode metadata, Document object);
  }

  private void edit(Item item, Edit edit) {
    Target target = Target.object(item.type(), item.key());
    try {
      Document object = context.api().get(target);
      if (!object.meta().uid().equals(item.uid())) {
        return;
      }
      ObjectNode body = Json.object();
      ObjectNode metadata = body.putObject("metadata");
      metadata.put("uid", item.uid()).put("resourceVersion", object.meta().resourceVersion());
      edit.apply(metadata, object);
      Document _ =
          context.api().patch(target, new Patch(Patch.Type.MERGE, body), WriteOptions.NONE);
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }
}
