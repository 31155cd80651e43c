package dev.fairlead.discovery;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.client.Informer;
import dev.fairlead.discovery.DiscoveryState.Batch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Discovery over two informers: Services and EndpointSlices of all namespaces.
 *
 * <p>The informers' threads only note the newest state of what changed; the thread {@code
 * discovery} takes all that has been noted, joins the services it touches and publishes one image.
 * The work waiting is bounded by the number of objects.
 */
public final class LiveDiscovery implements Discovery {
  private static final Logger LOG = LoggerFactory.getLogger(LiveDiscovery.class);

  private final Publisher publisher = new Publisher("discovery");
  private final DiscoveryState state = new DiscoveryState();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Thread owner;
  private Map<ObjectKey, Optional<Document>> services = new LinkedHashMap<>();
  private Map<ObjectKey, Optional<Document>> slices = new LinkedHashMap<>();
  private boolean servicesSynced;
  private boolean slicesSynced;
  private boolean work;
  private boolean closed;

  private LiveDiscovery() {
    owner = Thread.ofPlatform().daemon().name("discovery").unstarted(this::run);
  }

  /**
   * Starts a discovery.
   *
   * @param services informer of Services in all namespaces
   * @param slices informer of EndpointSlices in all namespaces; both stay the caller's, who closes
   *     them after this discovery
   */
  public static LiveDiscovery start(Informer services, Informer slices) {
    LiveDiscovery discovery = new LiveDiscovery();
    discovery.owner.start();
    services.addListener(discovery.new Listener(true));
    slices.addListener(discovery.new Listener(false));
    return discovery;
  }

  @Override
  public DiscoveryImage image() {
    return publisher.image();
  }

  @Override
  public void subscribe(Subscriber subscriber) {
    publisher.subscribe(subscriber);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    publisher.close();
  }

  private void run() {
    try {
      for (Batch batch = take(); batch != null; batch = take()) {
        Delta delta = state.apply(batch);
        if (!delta.changes().isEmpty() || delta.image().synced() != publisher.image().synced()) {
          publisher.publish(delta);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("discovery was interrupted and ends");
    }
  }

  private @Nullable Batch take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!work && !closed) {
        arrived.await();
      }
      if (closed) {
        return null;
      }
      Batch batch = new Batch(services, slices, servicesSynced && slicesSynced);
      services = new LinkedHashMap<>();
      slices = new LinkedHashMap<>();
      work = false;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Runs on an informer's thread. */
  private final class Listener implements Informer.Listener {
    private final boolean ofServices;

    Listener(boolean ofServices) {
      this.ofServices = ofServices;
    }

    @Override
    public void onChange(@Nullable Document before, @Nullable Document after) {
      Document known = after == null ? before : after;
      if (known != null) {
        note(() -> (ofServices ? services : slices).put(known.key(), Optional.ofNullable(after)));
      }
    }

    @Override
    public void onSynced() {
      note(() -> {
        servicesSynced |= ofServices;
        slicesSynced |= !ofServices;
      });
    }

    private void note(Runnable change) {
      lock.lock();
      try {
        change.run();
        work = true;
        arrived.signal();
      } finally {
        lock.unlock();
      }
    }
  }
}
