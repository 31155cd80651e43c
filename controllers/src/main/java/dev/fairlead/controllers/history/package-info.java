/** Past pod templates, kept as ControllerRevisions. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.history;
