package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import dev.fairlead.api.select.LabelSelector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which pods a disruption budget would keep, if all of these were ended one after the other. */
final class Budgets {
  private Budgets() {}

  static List<Document> violated(List<Document> pods, Collection<Document> budgets) {
    Map<String, Integer> allowed = new HashMap<>();
    List<Document> result = new ArrayList<>();
    for (Document pod : pods) {
      boolean violated = false;
      for (Document budget : budgets) {
        if (guards(budget, pod)) {
          int first = budget.status().path("disruptionsAllowed").asInt(0);
          violated |= allowed.merge(budget.meta().uid(), first - 1, (left, _) -> left - 1) < 0;
        }
      }
      if (violated) {
        result.add(pod);
      }
    }
    return result;
  }

  /** A budget without a selector guards nothing, and a pod whose end it has allowed no more. */
  private static boolean guards(Document budget, Document pod) {
    return budget.namespace().equals(pod.namespace())
        && !pod.meta().labels().isEmpty()
        && !budget.spec().path("selector").isEmpty()
        && LabelSelector.ofTree(budget.spec().path("selector")).matches(pod.meta().labels())
        && !budget.status().path("disruptedPods").has(pod.name());
  }
}
