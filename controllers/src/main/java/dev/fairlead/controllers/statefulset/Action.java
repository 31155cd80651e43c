package dev.fairlead.controllers.statefulset;

import dev.fairlead.api.Document;
import java.util.Map;

/** What is to be done about one pod. */
sealed interface Action {
  /** Make this pod. */
  record Create(Document pod) implements Action {}

  /** Delete this pod. */
  record Delete(Document pod) implements Action {}

  /** Give this pod the labels that tell who it is. */
  record Relabel(Document pod, Map<String, String> labels) implements Action {}
}
