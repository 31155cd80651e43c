package dev.fairlead.proxy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Prepares {@code loadBalancerSourceRanges} for a set in which ranges must not overlap. */
final class SourceRanges {
  private SourceRanges() {}

  private record Range(long network, int prefix) {
    boolean contains(Range other) {
      return prefix <= other.prefix && mask(other.network, prefix) == network;
    }

    String text() {
      byte[] bytes = ByteBuffer.allocate(4).putInt((int) network).array();
      return "%d.%d.%d.%d/%d"
          .formatted(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff, bytes[3] & 0xff, prefix);
    }
  }

  /**
   * IPv4 ranges without host bits and without those that another one contains. What is no IPv4
   * range lets nobody in.
   */
  static List<String> distinct(List<String> ranges) {
    List<Range> kept = new ArrayList<>();
    ranges.stream()
        .map(String::strip)
        .filter(Ipv4::isRange)
        .map(SourceRanges::parse)
        .sorted(Comparator.comparingInt(Range::prefix))
        .filter(range -> kept.stream().noneMatch(wider -> wider.contains(range)))
        .forEach(kept::add);
    return kept.stream().map(Range::text).toList();
  }

  private static Range parse(String text) {
    int slash = text.indexOf('/');
    int prefix = slash < 0 ? 32 : Integer.parseInt(text.substring(slash + 1));
    String address = slash < 0 ? text : text.substring(0, slash);
    int bits = ByteBuffer.wrap(InetAddress.ofLiteral(address).getAddress()).getInt();
    return new Range(mask(Integer.toUnsignedLong(bits), prefix), prefix);
  }

  private static long mask(long address, int prefix) {
    return address & (0xffff_ffffL << (32 - prefix)) & 0xffff_ffffL;
  }
}
