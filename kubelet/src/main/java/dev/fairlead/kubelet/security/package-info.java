/** As whom, and with which rights, a container's processes run. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.security;
