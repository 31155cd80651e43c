/** The subresource {@code proxy} of pods, Services and nodes: HTTP passed on, with its links. */
@NullMarked
package dev.fairlead.apiserver.proxy;

import org.jspecify.annotations.NullMarked;
