/** Empties a namespace that is being deleted, then lets it go. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.namespace;
