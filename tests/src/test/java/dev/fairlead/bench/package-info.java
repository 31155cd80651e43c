/** Benchmarks of a whole cluster; see the folder {@code bench}. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.bench;
