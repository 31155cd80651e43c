/** One HTTP/1.1 request to a kubelet, a pod or another server, whose connection may be upgraded. */
@NullMarked
package dev.fairlead.apiserver.backend;

import org.jspecify.annotations.NullMarked;
