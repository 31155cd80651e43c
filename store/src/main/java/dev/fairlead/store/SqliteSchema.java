package dev.fairlead.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of a {@link SqliteStore}, and the check that a file has them.
 *
 * <p>{@code history} has one row for each write: its id is the revision times {@link #ROW_IDS} plus
 * the place within the transaction, so rows lie in the order of events; a deletion has version 0;
 * {@code previous} is the id of the row it supersedes, 0 for none. {@code meta} keeps the compacted
 * revision and how far its rows are removed.
 */
final class SqliteSchema {
  /** How many row ids a revision has; more than a transaction may have operations. */
  static final long ROW_IDS = 4096;

  static final int VERSION = 1;
  private static final int APPLICATION_ID = 0x4661_6c64; // "Fald"

  private static final List<String> CREATE =
      List.of(
          "CREATE TABLE history (id INTEGER PRIMARY KEY, key TEXT NOT NULL,"
              + " created INTEGER NOT NULL, version INTEGER NOT NULL,"
              + " previous INTEGER NOT NULL, value BLOB NOT NULL) STRICT",
          "CREATE UNIQUE INDEX history_key ON history (key, id)",
          "CREATE TABLE meta (name TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT",
          "INSERT INTO meta VALUES ('compacted', 0), ('purged', 0)",
          "PRAGMA application_id = " + APPLICATION_ID,
          "PRAGMA user_version = " + VERSION);

  private SqliteSchema() {}

  /** Makes the tables in an empty file; refuses a file of somebody else, or of a newer version. */
  static void prepare(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (number(statement, "SELECT count(*) FROM sqlite_schema") == 0) {
        create(statement);
        return;
      }
      if (number(statement, "PRAGMA application_id") != APPLICATION_ID) {
        throw new StoreException(
            "%s is a database of another program; name another file".formatted(file));
      }
      long version = number(statement, "PRAGMA user_version");
      if (version != VERSION) {
        throw new StoreException(
            "the store %s has format %d, this program knows %d; use the version that wrote it"
                .formatted(file, version, VERSION));
      }
      check(statement, file);
    }
  }

  private static void create(Statement statement) throws SQLException {
    statement.execute("BEGIN IMMEDIATE");
    for (String sql : CREATE) {
      statement.execute(sql);
    }
    statement.execute("COMMIT");
  }

  private static void check(Statement statement, Path file) throws SQLException {
    try (ResultSet found = statement.executeQuery("PRAGMA quick_check(1)")) {
      String answer = found.next() ? found.getString(1) : "no answer";
      if (!answer.equals("ok")) {
        throw new StoreException(SqliteErrors.damaged(file, answer));
      }
    }
  }

  /** The newest revision: compaction may have removed its row, but then it is the compacted one. */
  static long newestRevision(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long written = number(statement, "SELECT coalesce(max(id), 0) FROM history") / ROW_IDS;
      return Math.max(1, Math.max(written, meta(statement, "compacted")));
    }
  }

  static long meta(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return meta(statement, name);
    }
  }

  private static long meta(Statement statement, String name) throws SQLException {
    return number(statement, "SELECT number FROM meta WHERE name = '" + name + "'");
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet found = statement.executeQuery(sql)) {
      return found.next() ? found.getLong(1) : 0;
    }
  }
}
