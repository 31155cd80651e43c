/** The files that give a pod its own names: resolv.conf, hosts, hostname. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.sandbox;
