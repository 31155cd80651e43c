/** Carries the discovery image into the kernel's nftables: services become map elements. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.proxy;
