package dev.fairlead.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The SQLite engine keeps the contract. */
final class SqliteStoreTest extends StoreContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return SqliteStore.open(folder.resolve("fairlead.db"));
  }
}
