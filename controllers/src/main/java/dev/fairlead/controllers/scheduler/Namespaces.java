package dev.fairlead.controllers.scheduler;

import java.util.Map;

/** The labels of namespaces, which terms of pod affinity may select by. */
@FunctionalInterface
interface Namespaces {

  /** The labels of a namespace; empty when it is not known (yet). */
  Map<String, String> labels(String name);
}
