/**
 * ObjectMeta: system fields, names, and what may be written into labels, annotations and owners.
 */
@org.jspecify.annotations.NullMarked
package dev.fairlead.apiserver.registry.meta;
