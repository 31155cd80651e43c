package dev.fairlead.apiserver.allocation;

import dev.fairlead.store.Store;
import dev.fairlead.store.Store.KeyValue;
import dev.fairlead.store.Store.Operation;
import dev.fairlead.store.Store.RangeRequest;
import dev.fairlead.store.Store.RangeResult;
import dev.fairlead.store.Store.Transaction;
import java.util.List;

/**
 * The keys that stood for cluster IPs before IPAddress objects did. They are removed at start; the
 * objects are made anew from the Services, which say the same.
 */
public final class FormerAllocations {
  private static final String PREFIX = "/registry/fairlead/clusterips/";
  private static final int BATCH = 500;

  private FormerAllocations() {}

  /** Removes them all. */
  public static void remove(Store store) {
    String end = RangeRequest.prefixEnd(PREFIX);
    boolean more = true;
    while (more) {
      RangeResult found = store.range(new RangeRequest(PREFIX, end, BATCH, 0));
      List<Operation> deletes =
          found.items().stream()
              .map(KeyValue::key)
              .map(key -> (Operation) new Operation.Delete(key))
              .toList();
      if (!deletes.isEmpty()) {
        store.commit(new Transaction(List.of(), deletes, List.of()));
      }
      more = found.more();
    }
  }
}
