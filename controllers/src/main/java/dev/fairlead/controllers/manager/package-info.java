/** Starts and stops the controllers; the only package that knows them all. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.manager;
