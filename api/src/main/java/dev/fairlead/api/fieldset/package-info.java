/**
 * Sets of fields of an object, as {@code metadata.managedFields} holds them (KEP-555, FieldsV1).
 */
@org.jspecify.annotations.NullMarked
package dev.fairlead.api.fieldset;
