/** A pod's volumes: what they hold, how it is written, and what containers see of it. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.volume;
