package dev.fairlead.kubelet;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;
import java.util.concurrent.atomic.AtomicInteger;

/** An API that cannot be reached now and then: when objects of one type are asked for. */
final class FailingApi implements KubeApi {
  private final KubeApi api;
  private final ResourceType type;

  /** How many more questions are not answered. */
  final AtomicInteger failures = new AtomicInteger();

  FailingApi(KubeApi api, ResourceType type) {
    this.api = api;
    this.type = type;
  }

  @Override
  public Document get(Target target) {
    if (target.type().equals(type) && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new ApiException(503, "ServiceUnavailable", "not now", null);
    }
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
