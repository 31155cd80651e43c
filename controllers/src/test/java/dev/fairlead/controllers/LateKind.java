package dev.fairlead.controllers;

import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.client.testing.ForwardingKubeApi;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * An API whose watches tell of one kind only after all the others, when the test says so. Nobody
 * promises an order between kinds: each is watched on its own.
 */
public final class LateKind extends ForwardingKubeApi {
  private final ResourceType late;
  private final CountDownLatch told = new CountDownLatch(1);

  /** Holds back what watches tell of this kind. Lists and single reads are not held back. */
  public LateKind(KubeApi api, ResourceType late) {
    super(api);
    this.late = late;
  }

  /** Lets the watches tell what they were told, and all that comes. */
  public void tell() {
    told.countDown();
  }

  @Override
  public Watch watch(Target target, WatchOptions options) {
    Watch watch = super.watch(target, options);
    return target.type().equals(late) ? new Held(watch) : watch;
  }

  private final class Held implements Watch {
    private final Watch watch;

    Held(Watch watch) {
      this.watch = watch;
    }

    @Override
    public @Nullable WatchEvent next() throws InterruptedException {
      WatchEvent event = watch.next();
      told.await();
      return event;
    }

    @Override
    public void close() {
      watch.close();
    }
  }
}
