/** Gives each pod a node. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.scheduler;
