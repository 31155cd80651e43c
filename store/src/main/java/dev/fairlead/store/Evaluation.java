package dev.fairlead.store;

import dev.fairlead.store.Store.KeyValue;
import dev.fairlead.store.Store.Operation;
import dev.fairlead.store.Store.Transaction;
import dev.fairlead.store.StoreWatch.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction comes to against the newest state, decided without touching it; every engine
 * carries out the same answer.
 *
 * @param succeeded whether every compare held
 * @param events the changes to make, in the order of the operations
 * @param reads the answers of the gets, absent keys left out
 */
record Evaluation(boolean succeeded, List<Event> events, List<KeyValue> reads) {

  /** The most operations one transaction may carry. */
  static final int OPERATIONS_MAX = 1024;

  private static final byte[] NO_VALUE = {};

  /** The newest state of the store. */
  @FunctionalInterface
  interface View {
    /** The newest value of a live key; null when the key is absent. */
    @Nullable KeyValue newest(String key);
  }

  /**
   * Refuses a transaction that no engine could carry out.
   *
   * @throws IllegalArgumentException for an empty key, too many operations, or two writes of one
   *     key (which could not carry one revision)
   */
  static void check(Transaction transaction) {
    checkOperations(transaction.success());
    checkOperations(transaction.failure());
  }

  private static void checkOperations(List<Operation> operations) {
    if (operations.size() > OPERATIONS_MAX) {
      throw new IllegalArgumentException(
          "a transaction may carry at most %d operations, not %d"
              .formatted(OPERATIONS_MAX, operations.size()));
    }
    Set<String> written = new HashSet<>();
    for (Operation operation : operations) {
      if (operation.key().isEmpty()) {
        throw new IllegalArgumentException("a key must not be empty");
      }
      if (!(operation instanceof Operation.Get) && !written.add(operation.key())) {
        throw new IllegalArgumentException(
            "a transaction may write a key only once: " + operation.key());
      }
    }
  }

  /** Evaluates a checked transaction; its writes, if any, carry {@code nextRevision}. */
  static Evaluation of(Transaction transaction, long nextRevision, View state) {
    View view = remembering(state);
    boolean succeeded =
        transaction.compares().stream()
            .allMatch(compare -> modRevision(view.newest(compare.key())) == compare.modRevision());
    Map<String, Event> written = new HashMap<>();
    List<Event> events = new ArrayList<>();
    List<KeyValue> reads = new ArrayList<>();
    for (Operation operation : succeeded ? transaction.success() : transaction.failure()) {
      if (operation instanceof Operation.Get get) {
        KeyValue found = read(get.key(), written, view);
        if (found != null) {
          reads.add(found);
        }
        continue;
      }
      Event event = write(operation, nextRevision, view.newest(operation.key()));
      if (event != null) {
        events.add(event);
        written.put(operation.key(), event);
      }
    }
    return new Evaluation(succeeded, List.copyOf(events), List.copyOf(reads));
  }

  private static View remembering(View state) {
    Map<String, Optional<KeyValue>> known = new HashMap<>();
    return key ->
        known.computeIfAbsent(key, asked -> Optional.ofNullable(state.newest(asked))).orElse(null);
  }

  private static @Nullable KeyValue read(String key, Map<String, Event> written, View view) {
    Event event = written.get(key);
    if (event == null) {
      return view.newest(key);
    }
    return event.type() == StoreWatch.Type.DELETE ? null : event.current();
  }

  private static @Nullable Event write(
      Operation operation, long revision, @Nullable KeyValue before) {
    return switch (operation) {
      case Operation.Put put -> put(put, revision, before);
      case Operation.Delete delete ->
          before == null
              ? null
              : new Event(
                  StoreWatch.Type.DELETE,
                  new KeyValue(delete.key(), NO_VALUE, 0, revision, 0),
                  before);
      case Operation.Get get -> throw new IllegalArgumentException("not a write: " + get);
    };
  }

  private static Event put(Operation.Put put, long revision, @Nullable KeyValue before) {
    long created = before == null ? revision : before.createRevision();
    long version = before == null ? 1 : before.version() + 1;
    return new Event(
        StoreWatch.Type.PUT,
        new KeyValue(put.key(), put.value(), created, revision, version),
        before);
  }

  private static long modRevision(@Nullable KeyValue keyValue) {
    return keyValue == null ? 0 : keyValue.modRevision();
  }
}
