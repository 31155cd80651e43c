package dev.fairlead.store;

import dev.fairlead.store.Store.KeyValue;
import dev.fairlead.store.Store.RangeRequest;
import dev.fairlead.store.Store.RangeResult;
import dev.fairlead.store.StoreWatch.Batch;
import dev.fairlead.store.StoreWatch.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queries of a {@link SqliteStore} on one connection. One thread at a time. */
final class SqliteReader implements AutoCloseable {
  private static final String NEWEST_IDS =
      "SELECT max(id) AS newest FROM history WHERE key >= ? AND key < ? AND id < ? GROUP BY key";

  private final Connection connection;
  private final PreparedStatement one;
  private final PreparedStatement many;
  private final PreparedStatement count;
  private final PreparedStatement events;

  SqliteReader(Connection connection) throws SQLException {
    this.connection = connection;
    one =
        connection.prepareStatement(
            "SELECT id, key, created, version, value FROM history"
                + " WHERE key = ? AND id < ? ORDER BY id DESC LIMIT 1");
    // CROSS JOIN keeps the order of the inner query: by key, straight from the index.
    many =
        connection.prepareStatement(
            "SELECT h.id, h.key, h.created, h.version, h.value FROM ("
                + NEWEST_IDS
                + " ORDER BY key) CROSS JOIN history h ON h.id = newest"
                + " WHERE h.version > 0 LIMIT ?");
    count =
        connection.prepareStatement(
            "SELECT count(*) FROM ("
                + NEWEST_IDS
                + ") CROSS JOIN history h ON h.id = newest WHERE h.version > 0");
    events =
        connection.prepareStatement(
            "SELECT h.id, h.key, h.created, h.version, h.value,"
                + " p.id, p.key, p.created, p.version, p.value"
                + " FROM history h LEFT JOIN history p ON p.id = h.previous"
                + " WHERE h.id >= ? AND h.id < ? AND +h.key >= ? AND +h.key < ? ORDER BY h.id");
  }

  /** The value of a live key at a revision; null when it is absent. */
  @Nullable KeyValue at(String key, long revision) throws SQLException {
    one.setString(1, key);
    one.setLong(2, endOf(revision));
    try (ResultSet found = one.executeQuery()) {
      if (!found.next()) {
        return null;
      }
      KeyValue item = keyValue(found, 1);
      return item.version() == 0 ? null : item;
    }
  }

  /** A range at an exact revision. */
  RangeResult range(RangeRequest request, long revision) throws SQLException {
    if (request.end().isEmpty()) {
      KeyValue found = at(request.start(), revision);
      List<KeyValue> items = found == null ? List.of() : List.of(found);
      return new RangeResult(items, revision, false, items.size());
    }
    bind(many, request, revision);
    many.setLong(4, request.limit() == 0 ? -1 : request.limit());
    List<KeyValue> items = new ArrayList<>();
    try (ResultSet found = many.executeQuery()) {
      while (found.next()) {
        items.add(keyValue(found, 1));
      }
    }
    boolean cut = request.limit() > 0 && items.size() == request.limit();
    long total = cut ? count(request, revision) : items.size();
    return new RangeResult(List.copyOf(items), revision, total > items.size(), total);
  }

  private long count(RangeRequest request, long revision) throws SQLException {
    bind(count, request, revision);
    try (ResultSet found = count.executeQuery()) {
      return found.next() ? found.getLong(1) : 0;
    }
  }

  private static void bind(PreparedStatement statement, RangeRequest request, long revision)
      throws SQLException {
    statement.setString(1, request.start());
    statement.setString(2, request.end());
    statement.setLong(3, endOf(revision));
  }

  /** About {@code limit} events under a prefix, whole revisions, up to {@code toRevision}. */
  Batch events(String prefix, long fromRevision, long toRevision, int limit) throws SQLException {
    events.setLong(1, fromRevision * SqliteSchema.ROW_IDS);
    events.setLong(2, endOf(toRevision));
    events.setString(3, prefix);
    events.setString(4, RangeRequest.prefixEnd(prefix));
    List<Event> items = new ArrayList<>();
    long last = 0;
    try (ResultSet found = events.executeQuery()) {
      while (found.next()) {
        Event event = event(found);
        if (items.size() >= limit && event.current().modRevision() != last) {
          return new Batch(last, List.copyOf(items));
        }
        items.add(event);
        last = event.current().modRevision();
      }
    }
    return new Batch(toRevision, List.copyOf(items));
  }

  private static Event event(ResultSet row) throws SQLException {
    KeyValue current = keyValue(row, 1);
    KeyValue previous = row.getLong(6) == 0 ? null : keyValue(row, 6);
    StoreWatch.Type type = current.version() == 0 ? StoreWatch.Type.DELETE : StoreWatch.Type.PUT;
    return new Event(type, current, previous);
  }

  private static KeyValue keyValue(ResultSet row, int column) throws SQLException {
    return new KeyValue(
        row.getString(column + 1),
        row.getBytes(column + 4),
        row.getLong(column + 2),
        row.getLong(column) / SqliteSchema.ROW_IDS,
        row.getLong(column + 3));
  }

  private static long endOf(long revision) {
    return revision == Long.MAX_VALUE ? revision : (revision + 1) * SqliteSchema.ROW_IDS;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
