package dev.fairlead.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/** A bounded number of reading connections, opened as they are needed. */
final class SqliteReaders implements AutoCloseable {

  /** A read on one connection. */
  @FunctionalInterface
  interface Read<T> {
    T with(SqliteReader reader) throws SQLException;
  }

  private final SqliteFile file;
  private final int max;
  private final Semaphore permits;
  private final Deque<SqliteReader> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  SqliteReaders(SqliteFile file, int max) {
    this.file = file;
    this.max = max;
    this.permits = new Semaphore(max, true);
  }

  /** Reads, waiting for a connection when all are in use. */
  <T> T read(Read<T> read) {
    permits.acquireUninterruptibly();
    try {
      if (closed) {
        throw new StoreException("the store %s is closed".formatted(file.path()));
      }
      SqliteReader known = idle.poll();
      SqliteReader reader = known != null ? known : open();
      return readAndKeep(reader, read);
    } catch (SQLException e) {
      throw SqliteErrors.describe(file.path(), e);
    } finally {
      permits.release();
    }
  }

  private <T> T readAndKeep(SqliteReader reader, Read<T> read) throws SQLException {
    boolean usable = false;
    try {
      T answer = read.with(reader);
      usable = true;
      return answer;
    } finally {
      if (usable) {
        idle.push(reader);
      } else {
        reader.close();
      }
    }
  }

  private SqliteReader open() throws SQLException {
    Connection connection = file.openReader();
    try {
      return new SqliteReader(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Waits for the reads under way, then closes all connections. */
  @Override
  public void close() {
    closed = true;
    permits.acquireUninterruptibly(max);
    try {
      for (SqliteReader reader = idle.poll(); reader != null; reader = idle.poll()) {
        reader.close();
      }
    } catch (SQLException e) {
      throw SqliteErrors.describe(file.path(), e);
    } finally {
      permits.release(max);
    }
  }
}
