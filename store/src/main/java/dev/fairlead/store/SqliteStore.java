package dev.fairlead.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The store in one SQLite file: durable on one machine, opened by one process at a time. Recovery
 * after a crash is opening the file.
 */
public final class SqliteStore implements Store {
  private final SqliteFile file;
  private final SqliteTables tables;
  private final SqliteReaders readers;
  private final SqliteWriter writer;
  private final Thread writerThread;
  private final RevisionLog log;
  private boolean closed;

  private SqliteStore(SqliteFile file, Connection connection, SqliteSettings settings)
      throws SQLException {
    this.file = file;
    tables = new SqliteTables(connection);
    readers = new SqliteReaders(file, settings.readersMax());
    log =
        new RevisionLog(
            tables.newestRevision(),
            SqliteSchema.meta(connection, "compacted"),
            settings.recentEventsMax(),
            settings.recentBytesMax());
    long purged = SqliteSchema.meta(connection, "purged");
    writer = new SqliteWriter(file.path(), tables, log, purged, settings.queueMax());
    writerThread = Thread.ofPlatform().name("store-writer").daemon().start(writer);
  }

  /**
   * Opens a store; the file, and its folder with mode 0700, are made when they are missing.
   *
   * @throws StoreException when the file cannot be written, is damaged, belongs to another program
   *     or a newer version, or is in use
   */
  public static SqliteStore open(Path file) {
    return open(file, SqliteSettings.DEFAULT);
  }

  /** Opens a store with bounds of its own; else as {@link #open(Path)}. */
  public static SqliteStore open(Path file, SqliteSettings settings) {
    SqliteFile held = SqliteFile.hold(file, settings.fileBytesMax());
    try {
      return openHeld(held, settings);
    } catch (SQLException e) {
      held.close();
      throw SqliteErrors.describe(held.path(), e);
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
  }

  private static SqliteStore openHeld(SqliteFile file, SqliteSettings settings)
      throws SQLException {
    Connection connection = file.openWriter();
    try {
      SqliteSchema.prepare(connection, file.path());
      return new SqliteStore(file, connection, settings);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public long revision() {
    return log.head();
  }

  @Override
  public RangeResult range(RangeRequest request) {
    long revision = request.revision() == 0 ? log.head() : request.revision();
    log.checkReadable(revision);
    RangeResult result = readers.read(reader -> reader.range(request, revision));
    if (revision < log.compacted()) { // a compaction may have cut into the read
      if (request.revision() == 0) {
        return range(request);
      }
      log.checkReadable(revision);
    }
    return result;
  }

  @Override
  public CommitResult commit(Transaction transaction) {
    Evaluation.check(transaction);
    return writer.commit(transaction);
  }

  @Override
  public StoreWatch watch(String prefix, long fromRevision) {
    return new LogWatch(log, this::history, prefix, fromRevision);
  }

  private StoreWatch.Batch history(String prefix, long fromRevision, int limit) {
    long head = log.head();
    return readers.read(reader -> reader.events(prefix, fromRevision, head, limit));
  }

  @Override
  public void compact(long revision) {
    log.checkCompactable(revision);
    writer.compact(revision);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    writer.stop();
    log.close();
    try {
      writerThread.join();
      readers.close();
      tables.close();
    } catch (SQLException e) {
      throw SqliteErrors.describe(file.path(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while closing the store " + file.path(), e);
    } finally {
      file.close();
    }
  }
}
