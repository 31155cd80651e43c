/** Pods with names that stay. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.statefulset;
