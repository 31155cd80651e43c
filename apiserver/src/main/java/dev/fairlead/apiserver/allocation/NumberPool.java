package dev.fairlead.apiserver.allocation;

import java.util.BitSet;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Numbers {@code 0 … size-1} of which some are in use. A random one is taken from the upper band
 * first; the lower band is left to those who ask for a number, until the upper is used up
 * (Kubernetes KEP-3070 and KEP-3668).
 */
final class NumberPool {
  private final int size;
  private final int lowerBand;
  private final BitSet used;

  NumberPool(int size, int lowerBand) {
    this.size = size;
    this.lowerBand = lowerBand;
    this.used = new BitSet(size);
  }

  synchronized void clear() {
    used.clear();
  }

  synchronized void use(int number) {
    used.set(number);
  }

  synchronized void release(int number) {
    used.clear(number);
  }

  synchronized boolean isUsed(int number) {
    return used.get(number);
  }

  int size() {
    return size;
  }

  /** A free number, at random; empty when all are used or excluded. */
  synchronized OptionalInt pick(RandomGenerator random, BitSet excluded) {
    BitSet taken = (BitSet) used.clone();
    taken.or(excluded);
    OptionalInt upper = pick(taken, lowerBand, size, random);
    return upper.isPresent() ? upper : pick(taken, 0, lowerBand, random);
  }

  /** The first free number at or after a random place, then from the start of the band. */
  private static OptionalInt pick(BitSet taken, int from, int to, RandomGenerator random) {
    if (from >= to) {
      return OptionalInt.empty();
    }
    int start = from + random.nextInt(to - from);
    int free = taken.nextClearBit(start);
    if (free >= to) {
      free = taken.nextClearBit(from);
    }
    return free < to ? OptionalInt.of(free) : OptionalInt.empty();
  }
}
