package dev.fairlead.controllers.node;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pod ranges of nodes: equal IPv4 blocks of one network, numbered from 0.
 *
 * @param base first address of the network
 * @param prefixLength of the network
 * @param blockLength prefix length of one block
 */
record PodRanges(int base, int prefixLength, int blockLength) {
  private static final Pattern CIDR = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)/(\\d+)");
  private static final Pattern NUMBER_AT_END = Pattern.compile("(\\d{1,9})$");
  private static final int BLOCK_BITS_MAX = 16;

  /**
   * Reads the network.
   *
   * @throws IllegalArgumentException when it is no IPv4 CIDR, or cannot be cut so
   */
  static PodRanges of(String network, int blockLength) {
    Matcher matcher = CIDR.matcher(network);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("the pod network is no IPv4 CIDR: " + network);
    }
    int base = 0;
    for (int part = 1; part <= 4; part++) {
      base = (base << 8) | (Integer.parseInt(matcher.group(part)) & 0xff);
    }
    int length = Integer.parseInt(matcher.group(5));
    if (length < 1
        || blockLength < length
        || blockLength > 30
        || blockLength - length > BLOCK_BITS_MAX) {
      throw new IllegalArgumentException(
          "the pod network %s cannot be cut into blocks of /%d".formatted(network, blockLength));
    }
    return new PodRanges(base & (-1 << (32 - length)), length, blockLength);
  }

  /**
   * A free block for a node: the one numbered like the end of the node's name, else the lowest from
   * 1 on; block 0 is the last resort.
   *
   * @param used CIDRs of all other nodes
   */
  Optional<String> choose(String nodeName, Set<String> used) {
    int count = 1 << (blockLength - prefixLength);
    Matcher matcher = NUMBER_AT_END.matcher(nodeName);
    if (matcher.find()) {
      int wanted = Integer.parseInt(matcher.group(1));
      if (wanted < count && !used.contains(block(wanted))) {
        return Optional.of(block(wanted));
      }
    }
    for (int number = 1; number <= count; number++) {
      String block = block(number % count);
      if (!used.contains(block)) {
        return Optional.of(block);
      }
    }
    return Optional.empty();
  }

  private String block(int number) {
    int address = base + (number << (32 - blockLength));
    return "%d.%d.%d.%d/%d"
        .formatted(
            address >>> 24,
            (address >>> 16) & 0xff,
            (address >>> 8) & 0xff,
            address & 0xff,
            blockLength);
  }
}
