/** The demo application: a server that shows where it runs and fails on demand. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kuard;
