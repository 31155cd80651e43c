package dev.fairlead.controllers.statefulset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.view.StatefulSet;
import dev.fairlead.client.Controller;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.OwnedPods;
import dev.fairlead.controllers.PodControl;
import dev.fairlead.controllers.StatusPatch;
import dev.fairlead.controllers.history.History;
import dev.fairlead.controllers.history.Revision;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pods of each StatefulSet: named by number, coming and going in order, updated from the
 * last to the first (upstream: {@code pkg/controller/statefulset}).
 */
public final class StatefulSetController implements Reconciler<ObjectKey> {
  private static final int WORKERS = 5;
  private static final String NAME = "statefulset-controller";

  private final ControllerContext context;
  private final OwnedPods owned;
  private final SharedInformer sets;
  private final SharedInformer revisions;
  private final PodControl control;
  private final History history;

  private StatefulSetController(ControllerContext context) {
    this.context = context;
    owned = OwnedPods.of(Kinds.STATEFUL_SET, set -> StatefulSet.of(set).selector(), context);
    sets = owned.owners();
    revisions = context.informers().informer(Kinds.CONTROLLER_REVISION);
    control = owned.control(context.events().as(NAME), new StatefulWords());
    history =
        new History(context.api(), revisions, Kinds.STATEFUL_SET, "controller.kubernetes.io/hash");
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    StatefulSetController controller = new StatefulSetController(context);
    return controller.owned.start(NAME, WORKERS, controller, controller.revisions);
  }

  @Override
  public void reconcile(ObjectKey key) throws InterruptedException {
    Document set = sets.get(key);
    if (set == null || set.meta().deleting()) {
      return;
    }
    boolean mayAct = owned.settled(set);
    StatefulSet view = StatefulSet.of(set);
    List<Document> own =
        owned.claim(set, view.selector(), pod -> Identity.ordinal(set, pod).isPresent());
    Instant now = context.clock().instant();
    History.State state = history.sync(set, view.selector(), view.template());
    Revisions two = new Revisions(current(set, state), state.present());
    Replicas replicas = Replicas.of(set, view, own, now);
    StatefulSetStatus status = StatefulSetStatus.of(replicas, two);
    ApiException failure = null;
    if (mayAct) {
      failure = run(set, Plan.of(set, view, replicas, two, status.current()));
    }
    StatusPatch.replace(
        context.api(), Kinds.STATEFUL_SET, set, status.toTree(set, view, two, state.collisions()));
    if (mayAct) { // else there may be pods of older revisions that are not seen yet
      history.truncate(state, live(two, own), view.revisionHistoryLimit());
    }
    owned.wakeWhenAvailable(key, own, view.minReadySeconds(), now);
    if (failure != null && !PodControl.namespaceTerminating(failure)) {
      throw failure;
    }
  }

  /** What pods were made of before the present template. */
  private Revision current(Document set, History.State state) {
    String name = set.status().path("currentRevision").asText("");
    Revision named = name.isEmpty() ? null : history.named(set, state, name);
    return named == null ? state.present() : named;
  }

  /** Returns the first failure, or null. */
  private @Nullable ApiException run(Document set, List<Action> actions)
      throws InterruptedException {
    List<Document> create =
        only(actions, Action.Create.class).stream().map(Action.Create::pod).toList();
    List<Document> delete =
        only(actions, Action.Delete.class).stream().map(Action.Delete::pod).distinct().toList();
    only(actions, Action.Relabel.class).forEach(this::relabel);
    ApiException failure = create.isEmpty() ? null : control.create(set, create);
    if (failure == null && !delete.isEmpty()) {
      failure = control.delete(set, delete);
    }
    return failure;
  }

  private static <A extends Action> List<A> only(List<Action> actions, Class<A> type) {
    return actions.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private void relabel(Action.Relabel action) {
    ObjectNode body = Json.object();
    ObjectNode metadata = body.putObject("metadata").put("uid", action.pod().meta().uid());
    ObjectNode labels = metadata.putObject("labels");
    action.labels().forEach(labels::put);
    try {
      Document _ =
          context
              .api()
              .patch(
                  Target.object(Kinds.POD, action.pod().key()),
                  new Patch(Patch.Type.MERGE, body),
                  WriteOptions.NONE);
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private static Set<String> live(Revisions two, List<Document> pods) {
    Set<String> live = new HashSet<>();
    live.add(two.current().name());
    pods.forEach(pod -> live.add(Identity.revision(pod)));
    return live;
  }
}
