package dev.fairlead.controllers.deployment;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.view.Deployment;
import dev.fairlead.client.Controller;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.Ownership;
import dev.fairlead.controllers.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves each Deployment towards its present pod template, one step for each change it sees
 * (upstream: {@code pkg/controller/deployment}).
 */
public final class DeploymentController implements Reconciler<ObjectKey> {
  private static final int WORKERS = 5;

  private final ControllerContext context;
  private final SharedInformer deployments;
  private final SharedInformer sets;
  private final SharedInformer pods;
  private final ReplicaSetWriter writer;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  private DeploymentController(ControllerContext context) {
    this.context = context;
    this.deployments = context.informers().informer(Kinds.DEPLOYMENT);
    this.sets = context.informers().informer(Kinds.REPLICA_SET);
    this.pods = context.informers().informer(Kinds.POD);
    this.writer = new ReplicaSetWriter(context.api(), context.events().as("deployment-controller"));
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    DeploymentController controller = new DeploymentController(context);
    Ownership.index(controller.sets);
    Ownership.index(controller.pods);
    controller.deployments.addListener(controller::deploymentChanged);
    controller.sets.addListener(controller::setChanged);
    controller.pods.addListener(controller::podChanged);
    return Controller.start(
        "deployment-controller",
        WORKERS,
        controller.queue,
        controller,
        controller.deployments,
        controller.sets,
        controller.pods);
  }

  @Override
  public void reconcile(ObjectKey key) {
    Document object = deployments.get(key);
    if (object == null) {
      return;
    }
    Deployment deployment = Deployment.of(object);
    var claim =
        Ownership.Claim.of(object, deployment.selector(), Ownership.candidates(sets, object));
    List<Document> owned =
        Ownership.settle(context.api(), Kinds.REPLICA_SET, Kinds.DEPLOYMENT, object, claim);
    Instant now = context.clock().instant();
    DeploymentSync sync = new DeploymentSync(context.api(), writer, Rollout.of(object, owned), now);
    Instant again = sync.run(this::hasPods);
    if (again != null) {
      queue.addAfter(key, Duration.between(now, again));
    }
  }

  private boolean hasPods(Member member) {
    return member.status().replicas() > 0
        || Ownership.ownedBy(pods, member.document().meta().uid()).stream()
            .anyMatch(pod -> !Pods.finished(pod));
  }

  private void deploymentChanged(@Nullable Document before, @Nullable Document after) {
    if (after != null) {
      queue.add(after.key());
    }
  }

  private void setChanged(@Nullable Document before, @Nullable Document after) {
    wakeOwner(before);
    wakeOwner(after);
    if (after != null && after.meta().controller() == null) {
      wakeAdopters(after);
    }
  }

  private void wakeOwner(@Nullable Document set) {
    ObjectKey owner = set == null ? null : Ownership.controllerKey(set, Kinds.DEPLOYMENT);
    if (owner != null) {
      queue.add(owner);
    }
  }

  private void wakeAdopters(Document orphan) {
    for (Document deployment : deployments.inNamespace(orphan.namespace())) {
      if (Deployment.of(deployment).selector().matches(orphan.meta().labels())) {
        queue.add(deployment.key());
      }
    }
  }

  /** A Deployment that recreates waits for the last old pod to go. */
  private void podChanged(@Nullable Document before, @Nullable Document after) {
    if (after != null || before == null) {
      return;
    }
    ObjectKey setKey = Ownership.controllerKey(before, Kinds.REPLICA_SET);
    Document set = setKey == null ? null : sets.get(setKey);
    ObjectKey owner = set == null ? null : Ownership.controllerKey(set, Kinds.DEPLOYMENT);
    Document deployment = owner == null ? null : deployments.get(owner);
    if (owner != null && deployment != null && Deployment.of(deployment).recreate()) {
      queue.add(owner);
    }
  }
}
