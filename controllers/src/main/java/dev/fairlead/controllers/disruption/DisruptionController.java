package dev.fairlead.controllers.disruption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.client.Controller;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.CanonicalJson;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.Pods;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the status of PodDisruptionBudgets, which evictions are decided by. It is written only when
 * the budget is still the one that was read, so an eviction in between is never forgotten.
 */
public final class DisruptionController implements Reconciler<ObjectKey> {
  private static final int WORKERS = 2;

  private final ControllerContext context;
  private final EventRecorder events;
  private final SharedInformer budgets;
  private final SharedInformer pods;
  private final Scales scales;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  private DisruptionController(ControllerContext context) {
    this.context = context;
    this.events = context.events().as("controllermanager");
    this.budgets = context.informers().informer(Kinds.POD_DISRUPTION_BUDGET);
    this.pods = context.informers().informer(Kinds.POD);
    this.scales = new Scales(context.informers());
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    DisruptionController controller = new DisruptionController(context);
    controller.budgets.addListener(controller::budgetChanged);
    controller.pods.addListener(controller::podChanged);
    controller
        .scales
        .informers()
        .forEach(informer -> informer.addListener(controller::scaleChanged));
    return Controller.start(
        "disruption",
        WORKERS,
        controller.queue,
        controller,
        controller.scales.with(controller.budgets, controller.pods));
  }

  @Override
  public void reconcile(ObjectKey key) {
    Document budget = budgets.get(key);
    if (budget == null || budget.meta().deleting()) {
      return;
    }
    List<Document> selected = selected(budget);
    if (selected.isEmpty()) {
      events.normal(budget, "NoPods", "No matching pods found");
    }
    Instant now = context.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    try {
      int scale = Need.dependsOnScale(budget.spec()) ? scales.of(selected) : 0;
      Need need = Need.of(budget.spec(), selected.size(), scale);
      Disrupted disrupted =
          Disrupted.of(budget.status(), selected, now, pod -> notDeleted(budget, pod));
      int healthy = (int) selected.stream().filter(pod -> healthy(pod, disrupted)).count();
      write(budget, BudgetStatus.of(budget, need, healthy, disrupted, now));
      if (disrupted.recheck() != null) {
        queue.addAfter(key, Duration.between(now, disrupted.recheck()).plusSeconds(1));
      }
    } catch (Scales.UnscalableException e) {
      events.warning(
          budget,
          "CalculateExpectedPodCountFailed",
          "Failed to calculate the number of expected pods: " + e.message());
      write(budget, BudgetStatus.failed(budget, e.message(), now));
    }
  }

  private static boolean healthy(Document pod, Disrupted disrupted) {
    return !pod.meta().deleting() && !disrupted.byName().containsKey(pod.name()) && Pods.ready(pod);
  }

  private void notDeleted(Document budget, Document pod) {
    events.warning(
        pod,
        "NotDeleted",
        "Pod was expected by PDB %s/%s to be deleted but it wasn't"
            .formatted(budget.namespace(), budget.name()));
  }

  private void write(Document budget, ObjectNode status) {
    if (CanonicalJson.same(budget.status(), status)) {
      return;
    }
    try {
      Document _ =
          context
              .api()
              .update(
                  Target.object(Kinds.POD_DISRUPTION_BUDGET, budget.key()).sub("status"),
                  budget.with(tree -> tree.set("status", status)),
                  WriteOptions.NONE);
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private List<Document> selected(Document budget) {
    return pods.inNamespace(budget.namespace()).stream()
        .filter(pod -> selects(budget, pod))
        .toList();
  }

  private static boolean selects(Document budget, Document pod) {
    return LabelSelector.ofTree(budget.spec().path("selector")).matches(pod.meta().labels());
  }

  private void budgetChanged(@Nullable Document before, @Nullable Document after) {
    if (after != null) {
      queue.add(after.key());
    }
  }

  private void podChanged(@Nullable Document before, @Nullable Document after) {
    boolean alike =
        before != null
            && after != null
            && Pods.ready(before) == Pods.ready(after)
            && before.meta().deleting() == after.meta().deleting()
            && Objects.equals(before.meta().controller(), after.meta().controller())
            && before.meta().labels().equals(after.meta().labels());
    if (alike) {
      return;
    }
    for (Document pod : new Document[] {before, after}) {
      if (pod == null) {
        continue;
      }
      for (Document budget : budgets.inNamespace(pod.namespace())) {
        if (selects(budget, pod)) {
          queue.add(budget.key());
        }
      }
    }
  }

  /** One that comes or goes, too: its pods may have been told of before it. */
  private void scaleChanged(@Nullable Document before, @Nullable Document after) {
    boolean alike = before != null && after != null && Scales.alike(before, after);
    Document any = after == null ? before : after;
    if (!alike && any != null) {
      budgets.inNamespace(any.namespace()).stream()
          .filter(budget -> Need.dependsOnScale(budget.spec()))
          .forEach(budget -> queue.add(budget.key()));
    }
  }
}
