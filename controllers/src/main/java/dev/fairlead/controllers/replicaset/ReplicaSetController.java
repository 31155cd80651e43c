package dev.fairlead.controllers.replicaset;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.view.ReplicaSet;
import dev.fairlead.client.Controller;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.Expectations;
import dev.fairlead.controllers.OwnedPodListener;
import dev.fairlead.controllers.Ownership;
import dev.fairlead.controllers.PodControl;
import dev.fairlead.controllers.Pods;
import dev.fairlead.controllers.StatusPatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps as many active pods as each ReplicaSet asks for, adopting and releasing by selector, and
 * reports what there is in its status (upstream: {@code pkg/controller/replicaset}). A second one
 * does the same for ReplicationControllers, which differ in the form of their selector only.
 */
public final class ReplicaSetController implements Reconciler<ObjectKey> {
  private static final int WORKERS = 5;

  private final ResourceType type;
  private final ControllerContext context;
  private final SharedInformer sets;
  private final SharedInformer pods;
  private final Expectations expectations;
  private final PodControl actions;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  private ReplicaSetController(ResourceType type, String name, ControllerContext context) {
    this.type = type;
    this.context = context;
    this.sets = context.informers().informer(type);
    this.pods = context.informers().informer(Kinds.POD);
    this.expectations = new Expectations(context.clock());
    this.actions = new PodControl(context.api(), context.events().as(name), expectations);
  }

  /** Starts the controller of ReplicaSets; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    return start(Kinds.REPLICA_SET, "replicaset-controller", context);
  }

  /** The same for ReplicationControllers. */
  public static Controller startForReplicationControllers(ControllerContext context) {
    return start(Kinds.REPLICATION_CONTROLLER, "replication-controller", context);
  }

  private static Controller start(ResourceType type, String name, ControllerContext context) {
    ReplicaSetController controller = new ReplicaSetController(type, name, context);
    Ownership.index(controller.pods);
    Ownership.index(controller.sets);
    controller.sets.addListener(controller::setChanged);
    controller.pods.addListener(
        new OwnedPodListener(
            type,
            controller.sets,
            set -> ReplicaSet.of(set).selector(),
            controller.expectations,
            controller.queue));
    return Controller.start(
        name, WORKERS, controller.queue, controller, controller.sets, controller.pods);
  }

  @Override
  public void reconcile(ObjectKey key) throws InterruptedException {
    Document set = sets.get(key);
    if (set == null) {
      return;
    }
    boolean mayAct = expectations.satisfied(set.meta().uid());
    if (!mayAct) {
      queue.addAfter(key, Expectations.PATIENCE);
    }
    ReplicaSet view = ReplicaSet.of(set);
    List<Document> owned = claim(set, view);
    ApiException failure = null;
    if (mayAct && !set.meta().deleting()) {
      failure = scale(set, view, owned);
    }
    Instant now = context.clock().instant();
    StatusPatch.replace(
        context.api(),
        type,
        set,
        ReplicaSetStatus.of(set, owned, shown(failure, view, owned), now));
    wakeWhenAvailable(key, view, owned, now);
    if (failure != null && !PodControl.namespaceTerminating(failure)) {
      throw failure;
    }
  }

  private List<Document> claim(Document set, ReplicaSet view) {
    List<Document> candidates =
        Ownership.candidates(pods, set).stream().filter(Pods::active).toList();
    var claim = Ownership.Claim.of(set, view.selector(), candidates);
    return Ownership.settle(context.api(), Kinds.POD, type, set, claim);
  }

  private @Nullable ApiException scale(Document set, ReplicaSet view, List<Document> owned)
      throws InterruptedException {
    int missing = view.replicas() - owned.size();
    if (missing > 0) {
      return actions.create(set, PodControl.pod(set, set.spec().path("template")), missing);
    }
    if (missing < 0) {
      Instant now = context.clock().instant();
      List<Document> order = DeletionOrder.sort(owned, related(set), now);
      return actions.delete(set, order.subList(0, -missing));
    }
    return null;
  }

  /**
   * The pods of all ReplicaSets with the same controller, so that spreading sees a whole rollout.
   */
  private List<Document> related(Document set) {
    OwnerReference owner = set.meta().controller();
    List<Document> related = new ArrayList<>();
    if (owner == null) {
      related.addAll(Ownership.ownedBy(pods, set.meta().uid()));
    } else {
      for (Document sibling : Ownership.ownedBy(sets, owner.uid())) {
        related.addAll(Ownership.ownedBy(pods, sibling.meta().uid()));
      }
    }
    return related;
  }

  private static ReplicaSetStatus.@Nullable Failure shown(
      @Nullable ApiException failure, ReplicaSet view, List<Document> owned) {
    if (failure == null) {
      return null;
    }
    String reason = owned.size() < view.replicas() ? "FailedCreate" : "FailedDelete";
    return new ReplicaSetStatus.Failure(reason, failure.message());
  }

  private void wakeWhenAvailable(
      ObjectKey key, ReplicaSet view, List<Document> owned, Instant now) {
    Duration minReady = Duration.ofSeconds(view.minReadySeconds());
    Instant next = Pods.nextAvailable(owned, minReady, now);
    if (next != null) {
      queue.addAfter(key, Duration.between(now, next));
    }
  }

  private void setChanged(@Nullable Document before, @Nullable Document after) {
    if (after != null) {
      queue.add(after.key());
    } else if (before != null) {
      expectations.forget(before.meta().uid());
      queue.add(before.key());
    }
  }
}
