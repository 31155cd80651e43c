/** {@code metrics.k8s.io}: what nodes and pods use, asked of the kubelets when somebody asks. */
@NullMarked
package dev.fairlead.apiserver.metrics;

import org.jspecify.annotations.NullMarked;
