/** What the launcher leaves on the host and needs from it: state, kubeconfig, packages, kernel. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.host;
