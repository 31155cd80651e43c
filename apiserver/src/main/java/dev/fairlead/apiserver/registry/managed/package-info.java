/** Who manages which fields: {@code metadata.managedFields}, kept by every write. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.apiserver.registry.managed;
