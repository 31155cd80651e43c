/** Container logs, fetched from the kubelet. */
@NullMarked
package dev.fairlead.apiserver.logs;

import org.jspecify.annotations.NullMarked;
