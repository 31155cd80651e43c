package dev.fairlead.apiserver.allocation;

import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.net.Ip;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;

/**
 * The IPv4 addresses of one range that Services may have: all but its first, the network's own, and
 * its last, the broadcast address. As upstream, the lower band of the range is left to those who
 * ask for an address, until the upper is used up (KEP-3070).
 */
record ServiceRange(Cidr cidr) {

  /** How many addresses there are; none in a range of one or two. */
  long size() {
    return Math.max(0, hosts() - 2);
  }

  /** How many of them are the lower band. */
  long lowerBand() {
    long hosts = hosts();
    return hosts <= 16 ? 0 : Math.min(Math.max(16, hosts / 16), 256);
  }

  /** Whether an address can be given to a Service. */
  boolean offers(Ip ip) {
    long number = ip.low() - first();
    return cidr.contains(ip) && number >= 0 && number < size();
  }

  /**
   * A free address at random, as 32 bits; empty when there is none.
   *
   * @param used whether an address is taken
   */
  OptionalLong pick(RandomGenerator random, LongPredicate used) {
    OptionalLong upper = pick(lowerBand(), size(), random, used);
    return upper.isPresent() ? upper : pick(0, lowerBand(), random, used);
  }

  /** From a random place on: one more step than there are addresses in use, at most. */
  private OptionalLong pick(long from, long to, RandomGenerator random, LongPredicate used) {
    if (from >= to) {
      return OptionalLong.empty();
    }
    long start = random.nextLong(from, to);
    for (long i = 0; i < to - from; i++) {
      long number = from + (start - from + i) % (to - from);
      if (!used.test(first() + number)) {
        return OptionalLong.of(first() + number);
      }
    }
    return OptionalLong.empty();
  }

  private long hosts() {
    return 1L << (cidr.family().bits() - cidr.prefix());
  }

  private long first() {
    return cidr.first().low() + 1;
  }
}
