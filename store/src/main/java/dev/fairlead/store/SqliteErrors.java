package dev.fairlead.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** Says in one sentence what SQLite could not do, with the file and the next step. */
final class SqliteErrors {
  private SqliteErrors() {}

  static StoreException describe(Path file, SQLException cause) {
    return new StoreException(sentence(file, cause), cause);
  }

  private static String sentence(Path file, SQLException cause) {
    // The low byte is the category; the rest of an extended code tells the system call.
    int category = cause instanceof SQLiteException e ? e.getResultCode().code & 0xff : -1;
    return switch (category) {
      case 11, 26 -> damaged(file, "SQLite cannot read it");
      case 13 ->
          "no room to write the store %s: the disk is full or the file has reached its bound; free some space"
              .formatted(file);
      case 3, 8, 14 ->
          "the store %s cannot be opened for writing; check its owner, mode and file system"
              .formatted(file);
      case 10 -> "the disk failed under the store %s: %s".formatted(file, cause.getMessage());
      default -> "the store %s failed: %s".formatted(file, cause.getMessage());
    };
  }

  static String damaged(Path file, String why) {
    return "the store %s is damaged or not a database (%s); restore a copy or move it away"
        .formatted(file, why);
  }
}
