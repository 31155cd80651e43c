package dev.fairlead.controllers.statefulset;

import dev.fairlead.api.Document;
import dev.fairlead.api.view.StatefulSet;
import dev.fairlead.controllers.history.Revision;

/**
 * The two templates that a StatefulSet's pods may have.
 *
 * @param current of pods that are not updated yet
 * @param update of the present template
 */
record Revisions(Revision current, Revision update) {

  /**
   * A new pod for a place, of the template that belongs there now.
   *
   * @param currentPods how many pods are of the current revision
   */
  Document pod(Document set, StatefulSet view, int ordinal, int currentPods) {
    Revision revision = keeps(view, ordinal, currentPods) ? current : update;
    return Identity.pod(set, revision.template(), revision.name(), ordinal, view.serviceName());
  }

  /** Whether a place is below what a rolling update has reached, or may reach. */
  private static boolean keeps(StatefulSet view, int ordinal, int currentPods) {
    int kept = view.partition() < 0 ? currentPods : view.partition();
    return !view.onDelete() && ordinal < view.startOrdinal() + kept;
  }
}
