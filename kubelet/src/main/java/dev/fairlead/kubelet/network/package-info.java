/** The pods' side of a node's network: addresses, links and routes. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.network;
