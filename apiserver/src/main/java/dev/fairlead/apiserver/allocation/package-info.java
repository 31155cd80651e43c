/** Cluster IPs and node ports: who holds which, and which one is next. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.apiserver.allocation;
