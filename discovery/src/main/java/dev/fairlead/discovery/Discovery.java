package dev.fairlead.discovery;

import dev.fairlead.api.ObjectKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The live answer to "who backs this Service?". Proxy, DNS and {@code doctor} all read this one
 * image, so they cannot disagree.
 */
public interface Discovery extends AutoCloseable {

  /** The image now. Immutable; {@link DiscoveryImage#synced} tells unknown from none. */
  DiscoveryImage image();

  /** Adds a subscriber; it is first given everything known as one delta. */
  void subscribe(Subscriber subscriber);

  @Override
  void close();

  /**
   * All services at one moment.
   *
   * @param synced false before the first full sync: then a missing service is unknown, not none
   */
  record DiscoveryImage(boolean synced, Map<ObjectKey, ServiceImage> services) {}

  /**
   * What changed since the delta before. Changes that arrive while a subscriber is busy are folded:
   * it sees the oldest state before and the newest state after, and nothing when they are equal.
   *
   * @param image the whole, after the change
   */
  record Delta(DiscoveryImage image, Map<ObjectKey, Change> changes) {}

  /**
   * One service's change.
   *
   * @param before null when it is new
   * @param after null when it is gone
   */
  record Change(@Nullable ServiceImage before, @Nullable ServiceImage after) {}

  /** Acts on deltas, on a thread of its own that the discovery gives it; it may block. */
  @FunctionalInterface
  interface Subscriber {
    void onDelta(Delta delta) throws InterruptedException;
  }
}
