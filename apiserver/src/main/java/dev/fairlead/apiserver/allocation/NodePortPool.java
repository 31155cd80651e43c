package dev.fairlead.apiserver.allocation;

import java.util.OptionalInt;

/** The node ports. */
final class NodePortPool extends Pool {
  private final int first;
  private final int last;

  NodePortPool(int first, int last) {
    super(
        "/registry/fairlead/nodeports/",
        new NumberPool(last - first + 1, lowerBand(last - first + 1)));
    this.first = first;
    this.last = last;
  }

  String range() {
    return first + "-" + last;
  }

  @Override
  OptionalInt number(String value) {
    if (!value.matches("\\d{1,5}")) {
      return OptionalInt.empty();
    }
    int port = Integer.parseInt(value);
    return port >= first && port <= last ? OptionalInt.of(port - first) : OptionalInt.empty();
  }

  @Override
  String value(int number) {
    return Integer.toString(first + number);
  }

  /** As KEP-3668: a thirty-second of the range, at least 16 and at most 128 ports. */
  private static int lowerBand(int size) {
    return size <= 16 ? 0 : Math.min(Math.min(Math.max(16, size / 32), 128), size);
  }
}
