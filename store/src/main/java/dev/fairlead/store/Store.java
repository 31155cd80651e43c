package dev.fairlead.store;

import java.util.List;

/**
 * A versioned key-value store with watch, in etcd's terms: the one truth of a cluster.
 *
 * <p>Guarantees, each checked by name in the contract suite that every engine passes:
 *
 * <ul>
 *   <li><b>ordered</b>: each commit that writes gets the next revision; watches see events in
 *       revision order;
 *   <li><b>unique</b>: no watch sees an event twice;
 *   <li><b>atomic</b>: all operations of a transaction carry one revision and are seen together or
 *       not at all;
 *   <li><b>reliable</b>: no watch misses an event between its start and its end;
 *   <li><b>resumable</b>: a watch from any revision that is not compacted sees all since;
 *   <li><b>durable</b>: {@link #commit} returns after the write would survive the death of the
 *       process and of the machine (the memory engine: of neither).
 * </ul>
 *
 * <p>Methods block and are safe to call from any thread.
 */
public interface Store extends AutoCloseable {

  /** The revision of the newest commit; 1 for an empty store, as in etcd. */
  long revision();

  /**
   * Reads keys in order at one revision.
   *
   * @throws CompactedException when {@code request.revision()} is older than what is kept
   * @throws FutureRevisionException when it is newer than {@link #revision()}
   */
  RangeResult range(RangeRequest request);

  /**
   * Commits a transaction: when every compare holds, all {@code success} operations, else all
   * {@code failure} operations.
   */
  CommitResult commit(Transaction transaction);

  /**
   * Watches all keys under a prefix.
   *
   * @param fromRevision the first revision wanted, inclusive; 0 means from after now
   * @throws CompactedException when {@code fromRevision} is older than what is kept
   */
  StoreWatch watch(String prefix, long fromRevision);

  /**
   * Forgets superseded values and deletions up to and including {@code revision}; the newest value
   * of each live key stays.
   *
   * @throws CompactedException when that is compacted already
   * @throws FutureRevisionException when {@code revision} is newer than {@link #revision()}
   */
  void compact(long revision);

  /** Ends all watches and releases what the engine holds. Commits under way are finished first. */
  @Override
  void close();

  /** A key with its value and history. */
  record KeyValue(String key, byte[] value, long createRevision, long modRevision, long version) {}

  /**
   * A read.
   *
   * @param start the first key, inclusive
   * @param end the key to stop before; empty reads only {@code start}
   * @param limit at most this many; 0 means all
   * @param revision read as of this revision; 0 means newest
   */
  record RangeRequest(String start, String end, int limit, long revision) {

    /** One key, newest. */
    public static RangeRequest key(String key) {
      return new RangeRequest(key, "", 0, 0);
    }

    /** All keys that start with {@code prefix}, newest. */
    public static RangeRequest prefix(String prefix) {
      return new RangeRequest(prefix, prefixEnd(prefix), 0, 0);
    }

    /** The first key after all that start with {@code prefix}, which must not be empty. */
    public static String prefixEnd(String prefix) {
      int last = prefix.length() - 1;
      return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }
  }

  /**
   * What a read found.
   *
   * @param revision the revision read at
   * @param more whether {@code limit} cut the answer short
   * @param count how many keys lie in the range, whatever the limit
   */
  record RangeResult(List<KeyValue> items, long revision, boolean more, long count) {}

  /** Compares, then operations. */
  record Transaction(List<Compare> compares, List<Operation> success, List<Operation> failure) {}

  /** Holds when the key's mod revision equals {@code modRevision}; 0 means the key is absent. */
  record Compare(String key, long modRevision) {}

  /** One operation of a transaction. */
  sealed interface Operation {
    String key();

    /** Writes a value. */
    record Put(String key, byte[] value) implements Operation {}

    /** Removes a key; no event when it is absent. */
    record Delete(String key) implements Operation {}

    /** Reads a key within the transaction. */
    record Get(String key) implements Operation {}
  }

  /**
   * The end of a transaction.
   *
   * @param succeeded whether every compare held
   * @param revision the store's revision after it: a new one when anything was written
   * @param reads the answers of the {@link Operation.Get}s carried out, absent keys left out
   */
  record CommitResult(boolean succeeded, long revision, List<KeyValue> reads) {}
}
