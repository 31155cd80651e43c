package dev.fairlead.proxy;

import dev.fairlead.discovery.Discovery;
import dev.fairlead.discovery.Discovery.Delta;
import dev.fairlead.discovery.Discovery.DiscoveryImage;
import dev.fairlead.linux.Conntrack;
import dev.fairlead.linux.NetworkNamespace;
import dev.fairlead.linux.Nftables;
import dev.fairlead.linux.NftablesException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service proxy of one node. Leaves the kernel alone until the discovery image is synced; then
 * writes the table anew and carries each change over. When the kernel refuses, it tries to write
 * the whole table again, waiting longer each time, until that succeeds.
 *
 * <p>Closing leaves the table in place, so that connections go on while the program is replaced.
 */
public final class Proxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);
  private static final Duration BACK_OFF_MIN = Duration.ofMillis(100);
  private static final Duration BACK_OFF_MAX = Duration.ofSeconds(30);

  private final String nodeName;
  private final Nftables nftables;
  private final Applier applier;
  private final InstantSource clock;
  private final List<Programmed.Listener> listeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  private boolean started;
  private volatile @Nullable Programmed last;

  /**
   * Opens nftables in the node's namespace; touches nothing there yet.
   *
   * @throws IOException when libnftables is not installed or the namespace cannot be entered
   */
  public static Proxy open(ProxySettings settings, NetworkNamespace node, InstantSource clock)
      throws IOException {
    // Without this the kernel drops answers to connections from 127.0.0.1 to a node port.
    node.links().sysctl("net.ipv4.conf.all.route_localnet", "1");
    Conntrack conntrack = new Conntrack(node);
    return new Proxy(settings, Nftables.open(node), conntrack::delete, clock);
  }

  Proxy(ProxySettings settings, Nftables nftables, Applier.Flows flows, InstantSource clock) {
    this.nodeName = settings.nodeName();
    this.nftables = nftables;
    this.applier = new Applier(settings, nftables, flows);
    this.clock = clock;
  }

  /** Begins to follow the image. */
  public void start(Discovery discovery) {
    discovery.subscribe(delta -> onDelta(discovery, delta));
  }

  /**
   * Says where cluster IPs come from now, instead of the settings. When the kernel refuses, the
   * next change that rebuilds the table carries it over.
   *
   * @param networks no two of them overlap
   */
  public synchronized void setServiceNetworks(List<String> networks) {
    if (closed.getCount() == 0) {
      return;
    }
    try {
      applier.serviceNetworks(networks, started);
    } catch (NftablesException | UncheckedIOException e) {
      LOG.error("{}: the service networks {} were refused: {}", nodeName, networks, reason(e));
    }
  }

  /** Adds a listener that hears of every commit. */
  public void onProgrammed(Programmed.Listener listener) {
    listeners.add(listener);
  }

  /** What the kernel serves now; null before the first commit. */
  public @Nullable Programmed last() {
    return last;
  }

  /** Waits for the first commit; false when it does not come in time. */
  public boolean awaitReady(Duration timeout) throws InterruptedException {
    return ready.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void onDelta(Discovery discovery, Delta delta) throws InterruptedException {
    if (!delta.image().synced() || closed.getCount() == 0) {
      return; // unknown is not none
    }
    if (started) {
      try {
        publish(delta.image(), applier.apply(delta.changes()), false);
        return;
      } catch (NftablesException | UncheckedIOException e) {
        LOG.error("{}: a change was refused, writing the table anew: {}", nodeName, reason(e));
      }
    }
    rebuild(discovery, delta.image());
  }

  private void rebuild(Discovery discovery, DiscoveryImage first) throws InterruptedException {
    DiscoveryImage image = first;
    Duration wait = BACK_OFF_MIN;
    boolean complained = false;
    while (true) {
      try {
        int elements = applier.rebuild(image.services());
        started = true;
        if (complained) {
          LOG.info("{}: the table is written again", nodeName);
        }
        publish(image, elements, true);
        return;
      } catch (NftablesException | UncheckedIOException e) {
        if (!complained) {
          LOG.error("{}: cannot write the table, will try on: {}", nodeName, reason(e));
        }
        complained = true;
      }
      if (closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      wait = wait.multipliedBy(2).compareTo(BACK_OFF_MAX) > 0 ? BACK_OFF_MAX : wait.multipliedBy(2);
      image = discovery.image();
    }
  }

  private static String reason(RuntimeException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).lines().limit(5).reduce("", (a, b) -> a + " " + b);
  }

  private void publish(DiscoveryImage image, int elements, boolean rebuilt) {
    Programmed programmed = new Programmed(image, elements, clock.instant(), rebuilt);
    last = programmed;
    ready.countDown();
    listeners.forEach(listener -> listener.onProgrammed(programmed));
  }

  /** Takes the table out of the kernel, before {@link #close}; the end of the node. */
  public synchronized void removeTable() {
    applier.remove();
  }

  /** Stops; the table stays. */
  @Override
  public void close() {
    closed.countDown(); // ends a wait between attempts, which holds the lock
    synchronized (this) {
      nftables.close();
    }
  }
}
