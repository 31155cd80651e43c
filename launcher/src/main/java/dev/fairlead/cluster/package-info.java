/** A local cluster in one process: every room wired by plain constructors. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.cluster;
