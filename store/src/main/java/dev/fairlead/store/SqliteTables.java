package dev.fairlead.store;

import dev.fairlead.store.Store.KeyValue;
import dev.fairlead.store.StoreWatch.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The writes of a {@link SqliteStore} on its one writing connection. */
final class SqliteTables implements AutoCloseable {

  /** Work within one SQLite transaction. */
  @FunctionalInterface
  interface Work {
    void run() throws SQLException;
  }

  private static final String INSERT =
      "INSERT INTO history (id, key, created, version, previous, value) VALUES (?, ?, ?, ?,"
          + " CASE WHEN ? THEN (SELECT max(id) FROM history WHERE key = ?) ELSE 0 END, ?)";

  private final Connection connection;
  private final Statement statement;
  private SqliteReader reader;
  private PreparedStatement insert;

  SqliteTables(Connection connection) throws SQLException {
    this.connection = connection;
    this.statement = connection.createStatement();
    this.reader = new SqliteReader(connection);
    this.insert = connection.prepareStatement(INSERT);
  }

  /** Runs work and makes it durable, or leaves no trace of it. */
  void transact(Work work) throws SQLException {
    statement.execute("BEGIN IMMEDIATE");
    try {
      work.run();
      statement.execute("COMMIT");
    } catch (SQLException | RuntimeException | Error e) {
      rollback(e);
      throw e;
    }
  }

  private void rollback(Throwable cause) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // After some errors, such as a full disk, SQLite has rolled back by itself.
      if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
        cause.addSuppressed(e);
      }
    }
    try {
      // The driver ends a prepared statement that failed; it cannot be used again.
      insert.close();
      insert = connection.prepareStatement(INSERT);
      reader = new SqliteReader(connection);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  @Nullable KeyValue newest(String key) throws SQLException {
    return reader.at(key, Long.MAX_VALUE);
  }

  void insert(long revision, List<Event> events) throws SQLException {
    for (int place = 0; place < events.size(); place++) {
      KeyValue item = events.get(place).current();
      insert.setLong(1, revision * SqliteSchema.ROW_IDS + place);
      insert.setString(2, item.key());
      insert.setLong(3, item.createRevision());
      insert.setLong(4, item.version());
      insert.setBoolean(5, events.get(place).previous() != null);
      insert.setString(6, item.key());
      insert.setBytes(7, item.value());
      insert.executeUpdate();
    }
  }

  long newestRevision() throws SQLException {
    return SqliteSchema.newestRevision(connection);
  }

  void compacted(long revision) throws SQLException {
    statement.executeUpdate("UPDATE meta SET number = " + revision + " WHERE name = 'compacted'");
  }

  /** Removes what the events after {@code purged} up to {@code revision} superseded. */
  void purge(long purged, long revision) throws SQLException {
    String events =
        " id >= %d AND id < %d "
            .formatted((purged + 1) * SqliteSchema.ROW_IDS, (revision + 1) * SqliteSchema.ROW_IDS);
    statement.executeUpdate(
        "DELETE FROM history WHERE id IN (SELECT previous FROM history WHERE" + events + ")");
    statement.executeUpdate("DELETE FROM history WHERE version = 0 AND" + events);
    statement.executeUpdate("UPDATE meta SET number = " + revision + " WHERE name = 'purged'");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
