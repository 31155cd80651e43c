package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The pods of one node that would have to go to make room for another.
 *
 * @param pods the most important first; never empty
 * @param violations how many of them a disruption budget would keep
 */
record Victims(String node, List<Document> pods, int violations) {
  /** Shifts priorities above zero, so that more victims are never better than fewer. */
  private static final long SHIFT = 1L << 31;

  /** The least harm first (upstream's order of score functions). */
  static final Comparator<Victims> HARM =
      Comparator.comparingInt(Victims::violations)
          .thenComparingInt(each -> Priority.of(each.pods().getFirst()))
          .thenComparingLong(Victims::sum)
          .thenComparingInt(each -> each.pods().size())
          .thenComparing(Victims::earliestStart, Comparator.reverseOrder())
          .thenComparing(Victims::node);

  /** What a node can offer: victims, or a verdict that says why none would help. */
  sealed interface Offer {
    record Room(Victims victims) implements Offer {}

    record None(Verdict why) implements Offer {}
  }

  Victims {
    pods = List.copyOf(pods);
  }

  /** Ends as few and as unimportant pods as will do; those with a budget last. */
  static Offer find(Attempt attempt, NodeState state, Collection<Document> budgets) {
    int priority = Priority.of(attempt.pod().pod());
    List<PodInfo> lower =
        state.pods().stream()
            .filter(each -> Priority.of(each.pod()) < priority)
            .sorted(Comparator.comparing(PodInfo::pod, Priority.IMPORTANCE))
            .toList();
    if (lower.isEmpty()) {
      return new Offer.None(Verdict.NO_VICTIMS);
    }
    List<PodInfo> staying = new ArrayList<>(state.pods());
    staying.removeIf(each -> Priority.of(each.pod()) < priority);
    Verdict empty = Filters.verdict(attempt, state.with(staying));
    if (!empty.fits()) {
      return new Offer.None(empty);
    }
    List<Document> kept = Budgets.violated(lower.stream().map(PodInfo::pod).toList(), budgets);
    List<PodInfo> guarded = lower.stream().filter(each -> kept.contains(each.pod())).toList();
    List<PodInfo> rest = lower.stream().filter(each -> !kept.contains(each.pod())).toList();
    List<Document> victims = new ArrayList<>(spare(attempt, state, staying, guarded));
    int violations = victims.size();
    victims.addAll(spare(attempt, state, staying, rest));
    victims.sort(Priority.IMPORTANCE);
    return new Offer.Room(new Victims(state.name(), victims, violations));
  }

  /** Lets pods stay while there is room for all. Returns those that cannot. */
  private static List<Document> spare(
      Attempt attempt, NodeState state, List<PodInfo> staying, List<PodInfo> candidates) {
    List<Document> victims = new ArrayList<>();
    for (PodInfo each : candidates) {
      staying.add(each);
      if (!Filters.verdict(attempt, state.with(staying)).fits()) {
        staying.removeLast();
        victims.add(each.pod());
      }
    }
    return victims;
  }

  private long sum() {
    return pods.stream().mapToLong(each -> Priority.of(each) + SHIFT).sum();
  }

  private Instant earliestStart() {
    int highest = Priority.of(pods.getFirst());
    return pods.stream()
        .filter(each -> Priority.of(each) == highest)
        .map(Priority::start)
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }
}
