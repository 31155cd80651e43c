package dev.fairlead.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.Transaction;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SQLite engine keeps the contract. */
final class SqliteStoreTest extends StoreContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return SqliteStore.open(folder.resolve("fairlead.db"));
  }

  @Test
  void anErrorOfTheWritersThreadIsToldAndEndsNothing() {
    List<Compare> compares = new FailsElsewhere(Thread.currentThread());
    assertThatThrownBy(() -> store.commit(new Transaction(compares, List.of(), List.of())))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("as the test wants");
    assertThat(store.commit(Transactions.put("/a", "1")).revision()).isEqualTo(2);
  }

  /** Can be read by one thread only. */
  private static final class FailsElsewhere extends AbstractList<Compare> {
    private final Thread reader;

    FailsElsewhere(Thread reader) {
      this.reader = reader;
    }

    @Override
    public Compare get(int index) {
      if (Thread.currentThread() != reader) {
        throw new StackOverflowError("as the test wants");
      }
      return new Compare("/a", 0);
    }

    @Override
    public int size() {
      return 1;
    }
  }
}
