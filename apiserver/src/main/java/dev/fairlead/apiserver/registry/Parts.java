package dev.fairlead.apiserver.registry;

import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import dev.fairlead.apiserver.admission.Admission;
import dev.fairlead.apiserver.allocation.Reserver;
import dev.fairlead.apiserver.registry.managed.FieldManager;
import dev.fairlead.apiserver.registry.meta.NameGenerator;
import dev.fairlead.apiserver.registry.meta.SystemFields;
import dev.fairlead.apiserver.registry.strategy.Strategy;
import dev.fairlead.apiserver.watch.WatchCache;

/** What the verbs of one type are made of. */
record Parts(
    Strategy strategy,
    Admission admission,
    Reserver reserver,
    Completion completion,
    ObjectStore objects,
    WatchCache cache,
    NamespaceGate gate,
    SystemFields fields,
    FieldManager managers,
    NameGenerator names,
    Turns turns) {

  /** The type of the objects. */
  TypeSchema schema() {
    return Schema.load().of(strategy.type());
  }
}
