/** The environment variables of a container, computed. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.environment;
