/** The Node object and its Lease. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.node;
