package dev.fairlead.client.testing;

import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;

/**
 * Hands every call on to another API. A test's own kind of API overrides what it does otherwise.
 */
public abstract class ForwardingKubeApi implements KubeApi {
  private final KubeApi api;

  /** Hands on to {@code api}. */
  protected ForwardingKubeApi(KubeApi api) {
    this.api = api;
  }

  @Override
  public Document get(Target target) {
    return api.get(target);
  }

  @Override
  public Listing list(Target target, ListOptions options) {
    return api.list(target, options);
  }

  @Override
  public Watch watch(Target target, WatchOptions options) {
    return api.watch(target, options);
  }

  @Override
  public Document create(Target target, Document object, WriteOptions options) {
    return api.create(target, object, options);
  }

  @Override
  public Document update(Target target, Document object, WriteOptions options) {
    return api.update(target, object, options);
  }

  @Override
  public Document patch(Target target, Patch patch, WriteOptions options) {
    return api.patch(target, patch, options);
  }

  @Override
  public Document delete(Target target, DeleteOptions options) {
    return api.delete(target, options);
  }

  @Override
  public Listing deleteCollection(Target target, ListOptions which, DeleteOptions options) {
    return api.deleteCollection(target, which, options);
  }
}
