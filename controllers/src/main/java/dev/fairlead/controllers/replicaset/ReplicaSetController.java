package dev.fairlead.controllers.replicaset;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.view.ReplicaSet;
import dev.fairlead.client.Controller;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.OwnedPods;
import dev.fairlead.controllers.Ownership;
import dev.fairlead.controllers.PodControl;
import dev.fairlead.controllers.Pods;
import dev.fairlead.controllers.StatusPatch;
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
  private final OwnedPods owned;
  private final SharedInformer sets;
  private final SharedInformer pods;
  private final PodControl actions;

  private ReplicaSetController(ResourceType type, String name, ControllerContext context) {
    this.type = type;
    this.context = context;
    owned = OwnedPods.of(type, set -> ReplicaSet.of(set).selector(), context);
    sets = owned.owners();
    pods = owned.pods();
    actions = owned.control(context.events().as(name), PodControl.Words.PLAIN);
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
    Ownership.index(controller.sets);
    return controller.owned.start(name, WORKERS, controller);
  }

  @Override
  public void reconcile(ObjectKey key) throws InterruptedException {
    Document set = sets.get(key);
    if (set == null) {
      return;
    }
    boolean mayAct = owned.settled(set);
    ReplicaSet view = ReplicaSet.of(set);
    List<Document> own = owned.claim(set, view.selector(), Pods::active);
    ApiException failure = null;
    if (mayAct && !set.meta().deleting()) {
      failure = scale(set, view, own);
    }
    Instant now = context.clock().instant();
    StatusPatch.replace(
        context.api(), type, set, ReplicaSetStatus.of(set, own, shown(failure, view, own), now));
    owned.wakeWhenAvailable(key, own, view.minReadySeconds(), now);
    if (failure != null && !PodControl.namespaceTerminating(failure)) {
      throw failure;
    }
  }

  private @Nullable ApiException scale(Document set, ReplicaSet view, List<Document> own)
      throws InterruptedException {
    int missing = view.replicas() - own.size();
    if (missing > 0) {
      return actions.create(set, PodControl.pod(set, set.spec().path("template")), missing);
    }
    if (missing < 0) {
      Instant now = context.clock().instant();
      List<Document> order = DeletionOrder.sort(own, related(set), now);
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
      @Nullable ApiException failure, ReplicaSet view, List<Document> own) {
    if (failure == null) {
      return null;
    }
    String reason = own.size() < view.replicas() ? "FailedCreate" : "FailedDelete";
    return new ReplicaSetStatus.Failure(reason, failure.message());
  }
}
