package dev.fairlead.controllers.daemonset;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.view.DaemonSet;
import dev.fairlead.client.Controller;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.OwnedPods;
import dev.fairlead.controllers.PodControl;
import dev.fairlead.controllers.Pods;
import dev.fairlead.controllers.StatusPatch;
import dev.fairlead.controllers.history.History;
import dev.fairlead.controllers.history.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one pod of each DaemonSet on each node that it is meant for (upstream: {@code
 * pkg/controller/daemon}). The scheduler binds them, each to its one node.
 */
public final class DaemonSetController implements Reconciler<ObjectKey> {
  private static final int WORKERS = 2;
  private static final String NAME = "daemonset-controller";

  private final ControllerContext context;
  private final OwnedPods owned;
  private final SharedInformer sets;
  private final SharedInformer nodes;
  private final SharedInformer revisions;
  private final EventRecorder events;
  private final PodControl control;
  private final History history;
  private final FailedPods failedPods = new FailedPods();

  private DaemonSetController(ControllerContext context) {
    this.context = context;
    owned = OwnedPods.of(Kinds.DAEMON_SET, set -> DaemonSet.of(set).selector(), context);
    sets = owned.owners();
    nodes = context.informers().informer(Kinds.NODE);
    revisions = context.informers().informer(Kinds.CONTROLLER_REVISION);
    events = context.events().as(NAME);
    control = owned.control(events, PodControl.Words.PLAIN);
    history = new History(context.api(), revisions, Kinds.DAEMON_SET, DaemonPod.REVISION);
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    DaemonSetController controller = new DaemonSetController(context);
    controller.nodes.addListener(controller::nodeChanged);
    return controller.owned.start(
        NAME, WORKERS, controller, controller.nodes, controller.revisions);
  }

  @Override
  public void reconcile(ObjectKey key) throws InterruptedException {
    Document set = sets.get(key);
    if (set == null || set.meta().deleting()) {
      return;
    }
    boolean mayAct = owned.settled(set);
    DaemonSet view = DaemonSet.of(set);
    List<Document> own = owned.claim(set, view.selector(), any -> true);
    History.State state = history.sync(set, view.selector(), view.template());
    Instant now = context.clock().instant();
    Deployed deployed = Deployed.of(set, List.copyOf(nodes.all()), own, state.hash(), now);
    ApiException failure = mayAct ? act(deployed) : null;
    StatusPatch.replace(
        context.api(),
        Kinds.DAEMON_SET,
        set,
        DaemonSetStatus.of(deployed).toTree(set, state.collisions()));
    if (mayAct) { // else there may be pods of older revisions that are not seen yet
      history.truncate(state, live(state, own), view.revisionHistoryLimit());
    }
    owned.wakeWhenAvailable(key, own, view.minReadySeconds(), now);
    if (failure != null && !PodControl.namespaceTerminating(failure)) {
      throw failure;
    }
  }

  /** Placement first; an update only when nothing is left to place. Returns the first failure. */
  private @Nullable ApiException act(Deployed deployed) throws InterruptedException {
    Steps placement = Placement.of(deployed);
    List<Document> going =
        placement.delete().stream().filter(pod -> mayGo(deployed, placement, pod)).toList();
    if (!placement.create().isEmpty() || !going.isEmpty()) {
      return run(deployed, placement.create(), going);
    }
    if (deployed.view().onDelete()) {
      return null;
    }
    Steps replacement = Replacement.of(deployed);
    return run(deployed, replacement.create(), replacement.delete());
  }

  private @Nullable ApiException run(Deployed deployed, List<String> create, List<Document> delete)
      throws InterruptedException {
    Document set = deployed.set();
    List<Document> coming =
        create.stream()
            .map(node -> DaemonPod.of(set, deployed.view(), node, deployed.hash()))
            .toList();
    ApiException failure = coming.isEmpty() ? null : control.create(set, coming);
    ApiException other = delete.isEmpty() ? null : control.delete(set, delete);
    return failure == null ? other : failure;
  }

  private boolean mayGo(Deployed deployed, Steps steps, Document pod) {
    if (!steps.ended().contains(pod)) {
      return true;
    }
    Document set = deployed.set();
    String node = DaemonPod.node(pod);
    if (Pods.phase(pod).equals("Succeeded")) {
      events.normal(
          set,
          "SucceededDaemonPod",
          "Found succeeded daemon pod %s/%s on node %s, will try to delete it"
              .formatted(pod.namespace(), pod.name(), node));
      return true;
    }
    Duration hold = failedPods.hold(set.meta().uid(), node, deployed.now());
    if (!hold.isZero()) {
      owned.wakeAfter(set.key(), hold);
      return false;
    }
    events.warning(
        set,
        "FailedDaemonPod",
        "Found failed daemon pod %s/%s on node %s, will try to kill it"
            .formatted(pod.namespace(), pod.name(), node));
    return true;
  }

  /** The revisions that pods were made of, by the hash that they carry. */
  private static Set<String> live(History.State state, List<Document> pods) {
    Set<String> hashes =
        pods.stream()
            .map(pod -> pod.meta().labels().getOrDefault(DaemonPod.REVISION, ""))
            .collect(Collectors.toSet());
    return state.all().stream()
        .filter(each ->
            hashes.contains(
                each.document().meta().labels().getOrDefault(DaemonPod.REVISION, each.name())))
        .map(Revision::name)
        .collect(Collectors.toSet());
  }

  /** Heartbeats change no placement. */
  private void nodeChanged(@Nullable Document before, @Nullable Document after) {
    boolean same =
        before != null
            && after != null
            && before.meta().labels().equals(after.meta().labels())
            && Json.same(before.spec(), after.spec());
    if (!same) {
      sets.all().forEach(set -> owned.wake(set.key()));
    }
  }
}
