package dev.fairlead.apiserver.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.store.Store.KeyValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects that this process writes, so that nobody here parses or encodes them again: whoever wrote
 * one and the cache that reads it back share one document. For any number of threads. What the
 * store gives back as other bytes than those it was given is not found here, and is parsed.
 */
final class OwnWrites {
  /** More are on their way at a time only while the cache is far behind. */
  private static final int WRITES_MAX = 1_024;

  private final Map<Value, OwnWrite> byValue =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Value, OwnWrite> eldest) {
          return size() > WRITES_MAX;
        }
      };

  /** One array, whatever is in it. */
  @SuppressWarnings("ArrayRecordComponent") // It is the array itself that counts.
  private record Value(byte[] bytes) {
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(@Nullable Object other) {
      return other instanceof Value(byte[] that) && bytes == that;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(bytes);
    }
  }

  /** An object that is about to be written; see {@link WatchCache#writing}. */
  OwnWrite announce(ObjectNode object) {
    OwnWrite write = new OwnWrite(object);
    synchronized (this) {
      byValue.put(new Value(write.value()), write);
    }
    return write;
  }

  /** The write has failed: it will not be read back. */
  synchronized void forget(OwnWrite write) {
    byValue.remove(new Value(write.value()));
  }

  /** The object that was read back, as its writer has it where that is known. */
  Document document(KeyValue stored) {
    OwnWrite write;
    synchronized (this) {
      write = byValue.remove(new Value(stored.value()));
    }
    return write == null ? Versions.document(stored) : write.document(stored.modRevision());
  }

  /** None of them is waited for any more. */
  synchronized void clear() {
    byValue.clear();
  }
}
