package dev.fairlead.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Durable creates per second of the SQLite store. Arguments: file, clients, seconds. See {@code
 * bench/store/README.md}.
 */
public final class StoreBenchmark {
  private StoreBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int clients = Integer.parseInt(arguments[1]);
    Duration time = Duration.ofSeconds(Long.parseLong(arguments[2]));
    String value = new String(CreateLoad.VALUE, StandardCharsets.UTF_8);
    try (Store store = SqliteStore.open(Path.of(arguments[0]))) {
      CreateLoad.measure(
          "sqlite", clients, time, key -> store.commit(Transactions.create(key, value)));
    }
  }
}
