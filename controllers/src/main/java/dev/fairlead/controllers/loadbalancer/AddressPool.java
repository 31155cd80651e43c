package dev.fairlead.controllers.loadbalancer;

import dev.fairlead.api.ObjectKey;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one IPv4 network and who holds them; the lowest free one goes first. The first
 * and the last address of the network are never given out. Not for use by several threads.
 */
final class AddressPool {
  private static final Pattern CIDR = Pattern.compile("([\\d.]+)/(\\d{1,2})");
  private static final Pattern ADDRESS =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final int PREFIX_MIN = 16;
  private static final int PREFIX_MAX = 30;
  private static final long NO_ADDRESS = -1;

  private final String name;
  private final String network;
  private final long base;
  private final int last;
  private final BitSet taken = new BitSet();
  private final Map<Integer, ObjectKey> holders = new HashMap<>();

  private AddressPool(String name, String network, long base, int last) {
    this.name = name;
    this.network = network;
    this.base = base;
    this.last = last;
    taken.set(0);
  }

  /**
   * A pool in which all is free.
   *
   * @param name for people: {@code external}
   * @param network a CIDR of prefix length 16 to 30
   * @throws IllegalArgumentException when it is not
   */
  static AddressPool of(String name, String network) {
    Matcher matcher = CIDR.matcher(network);
    long address = matcher.matches() ? number(matcher.group(1)) : NO_ADDRESS;
    int prefix = address == NO_ADDRESS ? 0 : Integer.parseInt(matcher.group(2));
    if (prefix < PREFIX_MIN || prefix > PREFIX_MAX) {
      throw new IllegalArgumentException(
          "the %s load balancer pool must be an IPv4 network of /%d to /%d, not %s"
              .formatted(name, PREFIX_MIN, PREFIX_MAX, network));
    }
    int size = 1 << (32 - prefix);
    return new AddressPool(name, network, address / size * size, size - 2);
  }

  /** Whether an address can be given out by this pool at all. */
  boolean contains(String address) {
    int offset = offset(address);
    return offset >= 1 && offset <= last;
  }

  /** Who holds an address of this pool; null when it is free. */
  @Nullable ObjectKey holder(String address) {
    return holders.get(offset(address));
  }

  /**
   * Takes the lowest free address.
   *
   * @throws RefusedException when there is none
   */
  String take(ObjectKey service) throws RefusedException {
    int offset = taken.nextClearBit(0);
    if (offset > last) {
      throw new RefusedException(
          "no free address in the %s; all %d are in use".formatted(this, last));
    }
    hold(offset, service);
    return text(base + offset);
  }

  /**
   * Takes one certain address.
   *
   * @throws RefusedException when it is not this pool's, or somebody else holds it
   */
  void take(String address, ObjectKey service) throws RefusedException {
    if (!contains(address)) {
      throw new RefusedException("address %s is not in the %s".formatted(address, this));
    }
    ObjectKey holder = holder(address);
    if (holder != null && !holder.equals(service)) {
      throw new RefusedException(
          "address %s is in use by service %s/%s"
              .formatted(address, holder.namespace(), holder.name()));
    }
    hold(offset(address), service);
  }

  /** Frees an address of this pool. */
  void free(String address) {
    int offset = offset(address);
    taken.clear(offset);
    holders.remove(offset);
  }

  private void hold(int offset, ObjectKey service) {
    taken.set(offset);
    holders.put(offset, service);
  }

  private int offset(String address) {
    long number = number(address);
    long offset = number - base;
    return number == NO_ADDRESS || offset < 0 || offset > last + 1L ? -1 : (int) offset;
  }

  private static long number(String address) {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      return NO_ADDRESS;
    }
    long number = 0;
    for (int part = 1; part <= 4; part++) {
      int value = Integer.parseInt(matcher.group(part));
      if (value > 255) {
        return NO_ADDRESS;
      }
      number = number * 256 + value;
    }
    return number;
  }

  private static String text(long number) {
    return "%d.%d.%d.%d"
        .formatted(number >> 24, (number >> 16) & 255, (number >> 8) & 255, number & 255);
  }

  /** {@code external pool 10.111.200.0/24}. */
  @Override
  public String toString() {
    return name + " pool " + network;
  }
}
