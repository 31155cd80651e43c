/** Streaming subresources: what a client and a pod's kubelet say to each other, passed on. */
@NullMarked
package dev.fairlead.apiserver.streams;

import org.jspecify.annotations.NullMarked;
