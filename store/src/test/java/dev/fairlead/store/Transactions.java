package dev.fairlead.store;

import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.KeyValue;
import dev.fairlead.store.Store.Operation;
import dev.fairlead.store.Store.RangeRequest;
import dev.fairlead.store.Store.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short forms for tests of stores. */
public final class Transactions {
  private Transactions() {}

  /** Writes one key, whatever it was. */
  public static Transaction put(String key, String value) {
    return all(new Operation.Put(key, bytes(value)));
  }

  /** Writes one key if it is absent. */
  public static Transaction create(String key, String value) {
    return new Transaction(
        List.of(new Compare(key, 0)),
        List.of(new Operation.Put(key, bytes(value))),
        List.of(new Operation.Get(key)));
  }

  /** Removes one key. */
  public static Transaction delete(String key) {
    return all(new Operation.Delete(key));
  }

  /** Carries out operations without a condition. */
  public static Transaction all(Operation... operations) {
    return new Transaction(List.of(), List.of(operations), List.of());
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String text(KeyValue keyValue) {
    return new String(keyValue.value(), StandardCharsets.UTF_8);
  }

  /** The newest value of a key as text; null when absent. */
  public static @Nullable String valueOf(Store store, String key) {
    List<KeyValue> items = store.range(RangeRequest.key(key)).items();
    return items.isEmpty() ? null : text(items.getFirst());
  }
}
