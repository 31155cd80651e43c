package dev.fairlead.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * The SQLite engine keeps the contract under load, with so few recent events that watches read the
 * table.
 */
final class SqliteStoreConcurrencyTest extends StoreConcurrencyContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return SqliteStore.open(
        folder.resolve("fairlead.db"), new SqliteSettings(2, 16, 8, 1 << 20, 1 << 30));
  }
}
