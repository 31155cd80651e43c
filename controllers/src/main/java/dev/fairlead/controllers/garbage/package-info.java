/** Deletes what nobody owns any more, by owner references. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.garbage;
