/** Probes and lifecycle hooks: when to check, what an answer means, how to ask. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.probe;
