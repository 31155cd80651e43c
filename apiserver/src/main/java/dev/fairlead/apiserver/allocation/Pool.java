package dev.fairlead.apiserver.allocation;

import dev.fairlead.apiserver.watch.KeyObserver;
import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.Operation;
import java.util.BitSet;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * A shared pool: one store key for each number in use, written in the transaction of the object
 * that takes it. What is in use is followed through the watch cache; the key's absence, compared on
 * commit, is what makes it certain.
 */
abstract class Pool implements KeyObserver {
  private final String prefix;
  private final NumberPool numbers;

  Pool(String prefix, NumberPool numbers) {
    this.prefix = prefix;
    this.numbers = numbers;
  }

  /** The number of a value of this pool; empty when it is out of range. */
  abstract OptionalInt number(String value);

  /** The value of a number. */
  abstract String value(int number);

  /** A free value at random; empty text when there is none. */
  String pick(RandomGenerator random, Collection<String> excluded) {
    BitSet not = new BitSet();
    excluded.forEach(value -> number(value).ifPresent(not::set));
    OptionalInt picked = numbers.pick(random, not);
    return picked.isPresent() ? value(picked.getAsInt()) : "";
  }

  boolean contains(String value) {
    return number(value).isPresent();
  }

  boolean isUsed(String value) {
    OptionalInt number = number(value);
    return number.isPresent() && numbers.isUsed(number.getAsInt());
  }

  Compare free(String value) {
    return new Compare(prefix + value, 0);
  }

  Operation take(String value, byte[] holder) {
    return new Operation.Put(prefix + value, holder);
  }

  Operation release(String value) {
    return new Operation.Delete(prefix + value);
  }

  @Override
  public final String prefix() {
    return prefix;
  }

  @Override
  public final void reset(Collection<String> keys) {
    numbers.clear();
    keys.forEach(this::onPut);
  }

  @Override
  public final void onPut(String key) {
    number(key.substring(prefix.length())).ifPresent(numbers::use);
  }

  @Override
  public final void onDelete(String key) {
    number(key.substring(prefix.length())).ifPresent(numbers::release);
  }
}
