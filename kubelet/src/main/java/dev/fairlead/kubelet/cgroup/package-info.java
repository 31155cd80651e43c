/** Limits on CPU and memory, by control groups of the kernel. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.cgroup;
