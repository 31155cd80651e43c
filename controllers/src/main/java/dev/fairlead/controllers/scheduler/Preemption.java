package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import dev.fairlead.controllers.Pods;
import dev.fairlead.controllers.scheduler.Verdict.OfNode;
import dev.fairlead.controllers.scheduler.Victims.Offer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Whether other pods should end for one that fits nowhere, and which (upstream: DefaultPreemption
 * plugin).
 */
final class Preemption {
  /** {@code reason} of the condition {@code DisruptionTarget} of a victim. */
  static final String REASON = "PreemptionByScheduler";

  private Preemption() {}

  /** The outcome. */
  sealed interface Outcome {
    /** These make room. */
    record Room(Victims victims) implements Outcome {}

    /** It waits for room that was made before, or does not ask for any. */
    record Waits(String message) implements Outcome {}

    /** Nobody's end would help. */
    record Futile(String message) implements Outcome {}
  }

  /**
   * Decides.
   *
   * @param verdicts why the pod fits on none of the nodes
   */
  static Outcome decide(Attempt attempt, List<OfNode> verdicts, Collection<Document> budgets) {
    Document pod = attempt.pod().pod();
    if (!Priority.preempts(pod)) {
      return new Outcome.Waits("not eligible due to preemptionPolicy=Never.");
    }
    if (roomIsBeingMade(pod, verdicts)) {
      return new Outcome.Waits("not eligible due to a terminating pod on the nominated node.");
    }
    List<Victims> candidates = new ArrayList<>();
    List<Verdict> without = new ArrayList<>();
    for (OfNode each : verdicts) {
      switch (offer(attempt, each, budgets)) {
        case Offer.Room(Victims victims) -> candidates.add(victims);
        case Offer.None(Verdict why) -> without.add(why);
      }
    }
    return candidates.stream()
        .min(Victims.HARM)
        .<Outcome>map(Outcome.Room::new)
        .orElseGet(() -> new Outcome.Futile(Verdict.summary(without)));
  }

  private static Offer offer(Attempt attempt, OfNode tried, Collection<Document> budgets) {
    return tried.verdict().curable()
        ? Victims.find(attempt, tried.node(), budgets)
        : new Offer.None(Verdict.HOPELESS);
  }

  private static boolean roomIsBeingMade(Document pod, List<OfNode> verdicts) {
    String nominated = Priority.nominated(pod);
    return verdicts.stream()
        .filter(each -> each.node().name().equals(nominated) && each.verdict().curable())
        .flatMap(each -> each.node().pods().stream())
        .map(PodInfo::pod)
        .anyMatch(other -> Priority.of(other) < Priority.of(pod) && isGoing(other));
  }

  private static boolean isGoing(Document pod) {
    return pod.meta().deleting()
        && Pods.condition(pod, "DisruptionTarget").path("reason").asText().equals(REASON);
  }
}
