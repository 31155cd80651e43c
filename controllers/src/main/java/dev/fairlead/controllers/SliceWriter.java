package dev.fairlead.controllers;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.client.SharedInformer;
import java.util.List;

/**
 * Writes the EndpointSlices that are made from other objects, their owners, and remembers what it
 * wrote until the informer shows it.
 */
public final class SliceWriter {
  private static final String BY_OWNER = "slices-by-owner-of-";

  private final KubeApi api;
  private final SharedInformer slices;
  private final ManagedSlices managed;
  private final OwnWrites ownWrites = new OwnWrites();

  /**
   * Indexes the informer.
   *
   * @param slices of EndpointSlices
   * @param managed which of them are ours
   */
  public SliceWriter(KubeApi api, SharedInformer slices, ManagedSlices managed) {
    this.api = api;
    this.slices = slices;
    this.managed = managed;
    slices.addIndex(index(), managed::index);
  }

  /** The slices of an owner, as far as known: our own writes included. */
  public List<Document> of(ObjectKey owner) {
    return ownWrites.over(owner, slices.reached(), slices.byIndex(index(), owner.toString()));
  }

  /**
   * Creates, updates and deletes, in this order.
   *
   * @throws ApiException the first failure, after which nothing more is written
   */
  public void write(ObjectKey owner, SlicePlan plan) {
    Target all = Target.collection(Kinds.ENDPOINT_SLICE, owner.namespace());
    for (Document slice : plan.create()) {
      ownWrites.stored(owner, api.create(all, slice, WriteOptions.NONE));
    }
    plan.update().forEach(slice -> update(owner, slice));
    plan.delete().forEach(slice -> delete(owner, slice));
  }

  private void update(ObjectKey owner, Document slice) {
    try {
      Target target = Target.object(Kinds.ENDPOINT_SLICE, slice.key());
      ownWrites.stored(owner, api.update(target, slice, WriteOptions.NONE));
    } catch (ApiException e) {
      ownWrites.forget(owner, slice.key());
      throw e;
    }
  }

  private void delete(ObjectKey owner, Document slice) {
    try {
      Target target = Target.object(Kinds.ENDPOINT_SLICE, slice.key());
      api.delete(target, DeleteOptions.ofUid(slice.meta().uid()));
    } catch (ApiException e) {
      // Gone already, or another one by that name: either way not ours any more.
      if (!e.isNotFound() && !e.isConflict()) {
        throw e;
      }
    }
    ownWrites.deleted(owner, slice);
  }

  /** Forgets what was written for an owner that is no more. */
  public void forget(ObjectKey owner) {
    ownWrites.forget(owner);
  }

  private String index() {
    return BY_OWNER + managed.manager();
  }
}
