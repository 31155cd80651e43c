package dev.fairlead.controllers;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.client.Controller;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.Informer;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every controller has that keeps pods of its objects: the objects of one kind and their pods,
 * what was ordered and is not seen yet, and the queue of objects to look at. A change of an object,
 * or of a pod that is or may become its own, puts the object's key on the queue.
 */
public final class OwnedPods {
  private final ResourceType type;
  private final ControllerContext context;
  private final SharedInformer owners;
  private final SharedInformer pods;
  private final Expectations expectations;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  private OwnedPods(ResourceType type, ControllerContext context) {
    this.type = type;
    this.context = context;
    owners = context.informers().informer(type);
    pods = context.informers().informer(Kinds.POD);
    expectations = new Expectations(context.clock());
  }

  /**
   * Begins to listen.
   *
   * @param type the kind of the owners
   * @param selector reads an owner's selector
   */
  public static OwnedPods of(
      ResourceType type, Function<Document, LabelSelector> selector, ControllerContext context) {
    OwnedPods owned = new OwnedPods(type, context);
    Ownership.index(owned.pods);
    owned.owners.addListener(owned::ownerChanged);
    owned.pods.addListener(
        new OwnedPodListener(type, owned.owners, selector, owned.expectations, owned.queue));
    return owned;
  }

  /** Starts the workers; they begin when owners, pods and {@code others} have synced. */
  public Controller start(
      String name, int workers, Reconciler<ObjectKey> reconciler, SharedInformer... others) {
    Informer[] reads =
        Stream.concat(Stream.of(owners, pods), Stream.of(others)).toArray(Informer[]::new);
    return Controller.start(name, workers, queue, reconciler, reads);
  }

  /** The objects that own pods. */
  public SharedInformer owners() {
    return owners;
  }

  /** All pods, indexed for {@link Ownership#ownedBy}. */
  public SharedInformer pods() {
    return pods;
  }

  /** Creates and deletes pods, and waits to see it done. */
  public PodControl control(EventRecorder events, PodControl.Words words) {
    return new PodControl(context.api(), events, expectations, words);
  }

  /**
   * Whether all that was ordered for an owner has been seen, so that more may be ordered. Else it
   * is looked at again after {@link Expectations#PATIENCE}.
   */
  public boolean settled(Document owner) {
    boolean satisfied = expectations.satisfied(owner.meta().uid());
    if (!satisfied) {
      wakeAfter(owner.key(), Expectations.PATIENCE);
    }
    return satisfied;
  }

  /**
   * Adopts and releases.
   *
   * @param candidate which of the pods that it might claim are meant at all
   * @return the pods that now belong to the owner
   */
  public List<Document> claim(
      Document owner, LabelSelector selector, Predicate<Document> candidate) {
    List<Document> candidates =
        Ownership.candidates(pods, owner).stream().filter(candidate).toList();
    var claim = Ownership.Claim.of(owner, selector, candidates);
    return Ownership.settle(context.api(), Kinds.POD, type, owner, claim);
  }

  /** Has an owner looked at. */
  public void wake(ObjectKey owner) {
    queue.add(owner);
  }

  /** Has an owner looked at after a while. */
  public void wakeAfter(ObjectKey owner, Duration delay) {
    queue.addAfter(owner, delay);
  }

  /** Has an owner looked at when the next of its pods is available by the mere passing of time. */
  public void wakeWhenAvailable(
      ObjectKey owner, Collection<Document> owned, int minReadySeconds, Instant now) {
    Instant next = Pods.nextAvailable(owned, Duration.ofSeconds(minReadySeconds), now);
    if (next != null) {
      wakeAfter(owner, Duration.between(now, next));
    }
  }

  private void ownerChanged(@Nullable Document before, @Nullable Document after) {
    if (after != null) {
      queue.add(after.key());
    } else if (before != null) {
      expectations.forget(before.meta().uid());
      queue.add(before.key());
    }
  }
}
