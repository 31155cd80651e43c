/** The kubelet's own HTTPS API. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.server;
