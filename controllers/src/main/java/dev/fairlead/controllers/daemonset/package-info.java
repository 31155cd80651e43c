/** One pod on each node that is meant. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.daemonset;
