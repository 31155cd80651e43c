package dev.fairlead.apiserver.allocation;

import dev.fairlead.apiserver.watch.KeyObserver;
import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.Operation;
import java.util.BitSet;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * The node ports: one store key for each port in use, written in the transaction of the Service
 * that takes it. What is in use is followed through the watch cache; the key's absence, compared on
 * commit, is what makes it certain.
 */
final class NodePortPool implements KeyObserver {
  private static final String PREFIX = "/registry/fairlead/nodeports/";

  private final int first;
  private final int last;
  private final NumberPool numbers;

  NodePortPool(int first, int last) {
    this.first = first;
    this.last = last;
    int size = last - first + 1;
    this.numbers = new NumberPool(size, lowerBand(size));
  }

  String range() {
    return first + "-" + last;
  }

  /** A free port at random; empty text when there is none. */
  String pick(RandomGenerator random, Collection<String> excluded) {
    BitSet not = new BitSet();
    excluded.forEach(value -> number(value).ifPresent(not::set));
    OptionalInt picked = numbers.pick(random, not);
    return picked.isPresent() ? Integer.toString(first + picked.getAsInt()) : "";
  }

  boolean contains(String value) {
    return number(value).isPresent();
  }

  boolean isUsed(String value) {
    OptionalInt number = number(value);
    return number.isPresent() && numbers.isUsed(number.getAsInt());
  }

  Compare free(String value) {
    return new Compare(PREFIX + value, 0);
  }

  Operation take(String value, byte[] holder) {
    return new Operation.Put(PREFIX + value, holder);
  }

  Operation release(String value) {
    return new Operation.Delete(PREFIX + value);
  }

  @Override
  public String prefix() {
    return PREFIX;
  }

  @Override
  public void reset(Collection<String> keys) {
    numbers.clear();
    keys.forEach(this::onPut);
  }

  @Override
  public void onPut(String key) {
    number(key.substring(PREFIX.length())).ifPresent(numbers::use);
  }

  @Override
  public void onDelete(String key) {
    number(key.substring(PREFIX.length())).ifPresent(numbers::release);
  }

  private OptionalInt number(String value) {
    if (!value.matches("\\d{1,5}")) {
      return OptionalInt.empty();
    }
    int port = Integer.parseInt(value);
    return port >= first && port <= last ? OptionalInt.of(port - first) : OptionalInt.empty();
  }

  /** As KEP-3668: a thirty-second of the range, at least 16 and at most 128 ports. */
  private static int lowerBand(int size) {
    return size <= 16 ? 0 : Math.min(Math.min(Math.max(16, size / 32), 128), size);
  }
}
