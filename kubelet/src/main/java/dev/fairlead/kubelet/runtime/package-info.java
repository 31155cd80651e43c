/** What runs containers: the seam, and runtimes of plain processes and of nothing at all. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.runtime;
