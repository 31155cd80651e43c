package dev.fairlead.controllers;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.client.Informer;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns changes of pods into keys of the objects that control them or may adopt them, and settles
 * expectations.
 */
final class OwnedPodListener implements Informer.Listener {
  private final ResourceType type;
  private final SharedInformer owners;
  private final Function<Document, LabelSelector> selector;
  private final Expectations expectations;
  private final WorkQueue<ObjectKey> queue;

  /**
   * Wakes owners of one kind.
   *
   * @param type the kind of the owners
   * @param selector reads an owner's selector
   * @param queue gets the owners' keys
   */
  OwnedPodListener(
      ResourceType type,
      SharedInformer owners,
      Function<Document, LabelSelector> selector,
      Expectations expectations,
      WorkQueue<ObjectKey> queue) {
    this.type = type;
    this.owners = owners;
    this.selector = selector;
    this.expectations = expectations;
    this.queue = queue;
  }

  @Override
  public void onChange(@Nullable Document before, @Nullable Document after) {
    settle(before, after);
    if (before != null) {
      wakeOwner(before);
    }
    if (after != null && after.meta().controller() == null) {
      wakeAdopters(after);
    } else if (after != null) {
      wakeOwner(after);
    }
  }

  /** Before anybody is woken: who looks while something is outstanding does nothing. */
  private void settle(@Nullable Document before, @Nullable Document after) {
    if (before == null && after != null) {
      arrived(after);
    }
    if (after == null && before != null) {
      gone(before);
    } else if (after != null && after.meta().deleting()) {
      gone(after);
    }
  }

  private void arrived(Document pod) {
    OwnerReference owner = pod.meta().controller();
    if (owner != null) {
      expectations.creationSeen(owner.uid());
    }
  }

  private void gone(Document pod) {
    OwnerReference owner = pod.meta().controller();
    if (owner != null) {
      expectations.deletionSeen(owner.uid(), pod.meta().uid());
    }
  }

  private void wakeOwner(Document pod) {
    ObjectKey owner = Ownership.controllerKey(pod, type);
    if (owner != null) {
      queue.add(owner);
    }
  }

  private void wakeAdopters(Document orphan) {
    for (Document owner : owners.inNamespace(orphan.namespace())) {
      if (selector.apply(owner).matches(orphan.meta().labels())) {
        queue.add(owner.key());
      }
    }
  }
}
