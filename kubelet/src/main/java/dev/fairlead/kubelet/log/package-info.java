/** Container logs on disk in CRI format, rotated, and followed without polling. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.log;
