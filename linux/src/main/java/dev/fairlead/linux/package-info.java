/** The Linux kernel: namespaces, links, routes, nftables, conntrack. Knows no Service. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.linux;
