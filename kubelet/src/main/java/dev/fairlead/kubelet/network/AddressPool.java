package dev.fairlead.kubelet.network;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.BitSet;

/**
 * The addresses of one node's pods. The first address of the range is the gateway's; pods get the
 * others in turn, so that one just given back is the last to be used again.
 */
final class AddressPool {
  private static final int POD_ADDRESSES_MAX = 1 << 16;

  private final String range;
  private final int base;
  private final int size;
  private final BitSet taken = new BitSet();
  private int next = 2;

  /**
   * A pool.
   *
   * @param range IPv4, for example {@code 10.112.1.0/24}
   * @throws IllegalArgumentException when it is no IPv4 range or has no room for a pod
   */
  public AddressPool(String range) {
    String[] parts = range.split("/", -1);
    if (parts.length != 2 || !(InetAddress.ofLiteral(parts[0]) instanceof Inet4Address address)) {
      throw new IllegalArgumentException("pod range " + range + " is not an IPv4 range");
    }
    int prefix = Integer.parseInt(parts[1]);
    if (prefix < 1 || prefix > 29) {
      throw new IllegalArgumentException("pod range " + range + " must be between /1 and /29");
    }
    this.range = range;
    this.base = number(address.getAddress()) & -(1 << (32 - prefix));
    this.size = (int) Math.min(1L << (32 - prefix), POD_ADDRESSES_MAX);
  }

  /** The first usable address: the node itself, as its pods see it. */
  public String gateway() {
    return text(1);
  }

  /**
   * Takes a free address.
   *
   * @throws IOException when none is free
   */
  public synchronized String take() throws IOException {
    for (int tried = 2; tried < size; tried++) {
      int candidate = next;
      next = next + 1 < size - 1 ? next + 1 : 2;
      if (!taken.get(candidate)) {
        taken.set(candidate);
        return text(candidate);
      }
    }
    throw new IOException("no free address in the node's pod range " + range);
  }

  /** Gives an address back. */
  public synchronized void free(String address) {
    taken.clear(number(InetAddress.ofLiteral(address).getAddress()) - base);
  }

  private String text(int offset) {
    int address = base + offset;
    return "%d.%d.%d.%d"
        .formatted(address >>> 24, (address >>> 16) & 0xff, (address >>> 8) & 0xff, address & 0xff);
  }

  private static int number(byte[] address) {
    return ((address[0] & 0xff) << 24)
        | ((address[1] & 0xff) << 16)
        | ((address[2] & 0xff) << 8)
        | (address[3] & 0xff);
  }
}
