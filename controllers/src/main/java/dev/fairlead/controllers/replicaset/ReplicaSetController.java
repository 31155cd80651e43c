package dev.fairlead.controllers.replicaset;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.api.view.ReplicaSet;
import dev.fairlead.client.Controller;
import dev.fairlead.client.Informer;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.Ownership;
import dev.fairlead.controllers.Pods;
import dev.fairlead.controllers.StatusPatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps as many active pods as each ReplicaSet asks for, adopting and releasing by selector, and
 * reports what there is in its status (upstream: {@code pkg/controller/replicaset}).
 */
public final class ReplicaSetController implements Reconciler<ObjectKey> {
  private static final int WORKERS = 5;

  private final ControllerContext context;
  private final SharedInformer sets;
  private final SharedInformer pods;
  private final Expectations expectations;
  private final ReplicaSetPods actions;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  private ReplicaSetController(ControllerContext context) {
    this.context = context;
    this.sets = context.informers().informer(Kinds.REPLICA_SET);
    this.pods = context.informers().informer(Kinds.POD);
    this.expectations = new Expectations(context.clock());
    this.actions =
        new ReplicaSetPods(
            context.api(), context.events().as("replicaset-controller"), expectations);
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    ReplicaSetController controller = new ReplicaSetController(context);
    Ownership.index(controller.pods);
    Ownership.index(controller.sets);
    controller.sets.addListener(controller::setChanged);
    controller.pods.addListener(controller.new PodListener());
    return Controller.start(
        "replicaset-controller",
        WORKERS,
        controller.queue,
        controller,
        controller.sets,
        controller.pods);
  }

  @Override
  public void reconcile(ObjectKey key) throws InterruptedException {
    Document set = sets.get(key);
    if (set == null) {
      return;
    }
    boolean mayAct = expectations.satisfied(set.meta().uid());
    ReplicaSet view = ReplicaSet.of(set);
    List<Document> owned = claim(set, view);
    ApiException failure = null;
    if (mayAct && !set.meta().deleting()) {
      failure = scale(set, view, owned);
    }
    Instant now = context.clock().instant();
    StatusPatch.write(
        context.api(),
        Kinds.REPLICA_SET,
        set,
        ReplicaSetStatus.of(set, owned, shown(failure, view, owned), now));
    wakeWhenAvailable(key, view, owned, now);
    if (failure != null && !ReplicaSetPods.namespaceTerminating(failure)) {
      throw failure;
    }
  }

  private List<Document> claim(Document set, ReplicaSet view) {
    List<Document> candidates =
        Ownership.candidates(pods, set).stream().filter(Pods::active).toList();
    var claim = Ownership.Claim.of(set, view.selector(), candidates);
    return Ownership.settle(context.api(), Kinds.POD, Kinds.REPLICA_SET, set, claim);
  }

  private @Nullable ApiException scale(Document set, ReplicaSet view, List<Document> owned)
      throws InterruptedException {
    int missing = view.replicas() - owned.size();
    if (missing > 0) {
      return actions.create(set, missing);
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
    Instant next = ReplicaSetStatus.nextAvailable(owned, minReady, now);
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

  /** Turns changes of pods into keys of ReplicaSets, and settles expectations. */
  private final class PodListener implements Informer.Listener {
    @Override
    public void onChange(@Nullable Document before, @Nullable Document after) {
      if (before != null) {
        wakeOwner(before);
      }
      if (after == null) {
        if (before != null) {
          gone(before);
        }
        return;
      }
      if (before == null) {
        arrived(after);
      }
      if (after.meta().deleting()) {
        gone(after);
      }
      if (after.meta().controller() == null) {
        wakeAdopters(after);
      } else {
        wakeOwner(after);
      }
    }

    private void arrived(Document pod) {
      OwnerReference owner = pod.meta().controller();
      if (owner != null) {
        expectations.creationSeen(owner.uid());
      }
    }

    private void gone(Document pod) {
      OwnerReference owner = pod.meta().controller();
      if (owner != null) {
        expectations.deletionSeen(owner.uid(), pod.meta().uid());
      }
    }

    private void wakeOwner(Document pod) {
      ObjectKey owner = Ownership.controllerKey(pod, Kinds.REPLICA_SET);
      if (owner != null) {
        queue.add(owner);
      }
    }

    private void wakeAdopters(Document orphan) {
      for (Document set : sets.inNamespace(orphan.namespace())) {
        LabelSelector selector = ReplicaSet.of(set).selector();
        if (selector.matches(orphan.meta().labels())) {
          queue.add(set.key());
        }
      }
    }
  }
}
