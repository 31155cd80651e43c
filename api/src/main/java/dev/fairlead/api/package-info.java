/**
 * The Kubernetes object model and the verbs on it: {@link dev.fairlead.api.Document} is an object,
 * {@link dev.fairlead.api.Kinds} the list of what there is, {@link dev.fairlead.api.KubeApi} the
 * door.
 */
@org.jspecify.annotations.NullMarked
package dev.fairlead.api;
