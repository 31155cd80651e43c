package dev.fairlead.apiserver.registry.strategy;

import dev.fairlead.api.fieldset.FieldSet;

/** Sets of fields that writes leave alone. */
final class ResetFields {
  static final FieldSet STATUS = FieldSet.of("status");
  static final FieldSet SPEC = FieldSet.of("spec");
  static final FieldSet POD_STATUS =
      SPEC.union(FieldSet.of("metadata", "deletionTimestamp"))
          .union(FieldSet.of("metadata", "ownerReferences"));
  static final FieldSet DEPLOYMENT_STATUS = SPEC.union(FieldSet.of("metadata", "labels"));

  private ResetFields() {}
}
