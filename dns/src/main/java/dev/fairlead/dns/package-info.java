/** The DNS of the cluster: wire format, zone, forwarding, UDP and TCP server. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.dns;
