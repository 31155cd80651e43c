package dev.fairlead.api;

/**
 * The verbs of the Kubernetes API, in documents. The one door through which controllers, scheduler,
 * kubelet, proxy and DNS see the cluster; over HTTP or within one JVM it means the same.
 *
 * <p>Every method blocks, is safe to call from any thread, and throws {@link ApiException} with the
 * {@code Status} that the API answers. An API server that cannot be reached is an {@code
 * ApiException} with code 503 and reason {@code ServiceUnavailable}.
 */
public interface KubeApi {

  /** GET of one object or subresource. */
  Document get(Target target);

  /** LIST of a collection. */
  Listing list(Target target, ListOptions options);

  /** WATCH of a collection. The caller closes the watch. */
  Watch watch(Target target, WatchOptions options);

  /**
   * POST: to a collection, or to a subresource such as {@code binding}.
   *
   * @return the object as stored
   */
  Document create(Target target, Document object, WriteOptions options);

  /** PUT. A {@code metadata.resourceVersion} in the object must match (else 409 Conflict). */
  Document update(Target target, Document object, WriteOptions options);

  /** PATCH. */
  Document patch(Target target, Patch patch, WriteOptions options);

  /**
   * DELETE of one object.
   *
   * @return the object where it still exists (graceful deletion, finalizers) and of a few kinds
   *     also where it is gone, else a {@code Status} with {@code Success}
   */
  Document delete(Target target, DeleteOptions options);

  /** DELETE of every object of a collection that {@code which} selects. */
  Listing deleteCollection(Target target, ListOptions which, DeleteOptions options);
}
