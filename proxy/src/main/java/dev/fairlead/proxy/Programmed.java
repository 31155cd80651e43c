package dev.fairlead.proxy;

import dev.fairlead.discovery.Discovery.DiscoveryImage;
import java.time.Instant;

/**
 * The kernel now serves this image.
 *
 * @param elements how many elements the last transaction deleted and added
 * @param at when the kernel had committed
 * @param rebuilt true when the whole table was written anew
 */
public record Programmed(DiscoveryImage image, int elements, Instant at, boolean rebuilt) {

  /** Hears of each commit, on the proxy's thread; must be quick and must not throw. */
  @FunctionalInterface
  public interface Listener {
    void onProgrammed(Programmed programmed);
  }
}
