/** Port-forward, exec and attach: what streams between a pod and a client. */
@NullMarked
package dev.fairlead.kubelet.streaming;

import org.jspecify.annotations.NullMarked;
