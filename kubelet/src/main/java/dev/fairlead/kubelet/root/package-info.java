/** What a container sees as its root: the machine's files, and its mounts in their places. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.root;
