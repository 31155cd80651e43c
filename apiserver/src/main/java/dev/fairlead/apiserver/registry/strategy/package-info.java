/** One strategy per kind: defaults, what may be written, and what is valid. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.apiserver.registry.strategy;
