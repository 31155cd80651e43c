/** What containers and the node use: CPU time and memory, and the pages that say so. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.stats;
