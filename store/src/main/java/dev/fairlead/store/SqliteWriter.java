package dev.fairlead.store;

import dev.fairlead.store.Store.CommitResult;
import dev.fairlead.store.Store.KeyValue;
import dev.fairlead.store.Store.Transaction;
import dev.fairlead.store.StoreWatch.Event;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes a {@link SqliteStore}. It takes every commit that waits, evaluates
 * them in order, makes them durable in one SQLite transaction with one sync, and only then answers.
 * Old rows are removed in small steps between the commits.
 */
final class SqliteWriter implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SqliteWriter.class);
  private static final int BATCH_COMMITS_MAX = 512;
  private static final long BATCH_BYTES_MAX = 8L << 20;
  private static final int PURGE_REVISIONS = 256;

  private sealed interface Request {
    CompletableFuture<CommitResult> answer();
  }

  private record Commit(Transaction transaction, CompletableFuture<CommitResult> answer)
      implements Request {}

  private record Compact(long revision, CompletableFuture<CommitResult> answer)
      implements Request {}

  private record Stop(CompletableFuture<CommitResult> answer) implements Request {}

  private final Path file;
  private final SqliteTables tables;
  private final RevisionLog revisions;
  private final BlockingQueue<Request> waiting;
  private long purged;
  private boolean stopping;
  private @Nullable StoreException broken;
  private volatile boolean ended;

  SqliteWriter(Path file, SqliteTables tables, RevisionLog revisions, long purged, int queueMax) {
    this.file = file;
    this.tables = tables;
    this.revisions = revisions;
    this.purged = purged;
    this.waiting = new ArrayBlockingQueue<>(queueMax);
  }

  CommitResult commit(Transaction transaction) {
    return ask(new Commit(transaction, new CompletableFuture<>()));
  }

  void compact(long revision) {
    ask(new Compact(revision, new CompletableFuture<>()));
  }

  /** Finishes what waits and ends the thread; safe to call again. */
  void stop() {
    try {
      ask(new Stop(new CompletableFuture<>()));
    } catch (StoreException e) {
      log.debug("{} had ended already", file, e);
    }
  }

  private CommitResult ask(Request request) {
    try {
      waiting.put(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted before the store %s took the write".formatted(file), e);
    }
    if (ended) {
      refuseWaiting(); // nobody else will
    }
    try {
      return request.answer().join();
    } catch (CompletionException e) {
      throw inCallersTrace(e.getCause());
    }
  }

  private static RuntimeException inCallersTrace(@Nullable Throwable cause) {
    return switch (cause) {
      case StoreException e -> new StoreException(String.valueOf(e.getMessage()), e);
      case RuntimeException e -> e;
      case null, default -> new StoreException("the store's writer failed: " + cause, cause);
    };
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        Request request = purgePending() ? waiting.poll() : waiting.take();
        if (request != null) {
          handle(request);
        }
        purgeStep();
      }
    } catch (InterruptedException e) {
      log.warn("the writer of {} was interrupted and ends", file);
    } finally {
      ended = true;
      refuseWaiting();
    }
  }

  private void refuseWaiting() {
    StoreException closed = new StoreException("the store %s is closed".formatted(file));
    for (Request next = waiting.poll(); next != null; next = waiting.poll()) {
      next.answer().completeExceptionally(closed);
    }
  }

  private void handle(Request request) {
    switch (request) {
      case Commit first -> commitAll(waitingCommits(first));
      case Compact compact -> compact(compact);
      case Stop stop -> {
        stopping = true;
        stop.answer().complete(new CommitResult(true, revisions.head(), List.of()));
      }
    }
  }

  private List<Commit> waitingCommits(Commit first) {
    List<Commit> commits = new ArrayList<>();
    commits.add(first);
    long bytes = bytes(first);
    while (commits.size() < BATCH_COMMITS_MAX
        && bytes < BATCH_BYTES_MAX
        && waiting.peek() instanceof Commit next) {
      waiting.remove();
      commits.add(next);
      bytes += bytes(next);
    }
    return commits;
  }

  private static long bytes(Commit commit) {
    long bytes = 0;
    for (Store.Operation operation : commit.transaction().success()) {
      bytes += operation instanceof Store.Operation.Put put ? put.value().length : 0;
    }
    return bytes;
  }

  private void commitAll(List<Commit> commits) {
    List<CommitResult> results = new ArrayList<>(commits.size());
    List<List<Event>> written = new ArrayList<>();
    try {
      refuseIfBroken();
      tables.transact(() -> evaluate(commits, results, written));
    } catch (SQLException e) {
      fail(commits, failure(e));
      return;
    } catch (RuntimeException | Error e) { // Whatever it is, somebody waits for an answer.
      fail(commits, e);
      return;
    }
    revisions.append(written);
    for (int i = 0; i < results.size(); i++) {
      commits.get(i).answer().complete(results.get(i));
    }
  }

  private void evaluate(List<Commit> commits, List<CommitResult> results, List<List<Event>> written)
      throws SQLException {
    for (Commit commit : commits) {
      long next = revisions.head() + written.size() + 1;
      Evaluation evaluation = Evaluation.of(commit.transaction(), next, this::newest);
      boolean writes = !evaluation.events().isEmpty();
      if (writes) {
        tables.insert(next, evaluation.events());
        written.add(evaluation.events());
      }
      results.add(
          new CommitResult(evaluation.succeeded(), writes ? next : next - 1, evaluation.reads()));
    }
  }

  private @Nullable KeyValue newest(String key) {
    try {
      return tables.newest(key);
    } catch (SQLException e) {
      throw SqliteErrors.describe(file, e);
    }
  }

  private void compact(Compact compact) {
    try {
      refuseIfBroken();
      revisions.checkCompactable(compact.revision());
      tables.transact(() -> tables.compacted(compact.revision()));
      revisions.compact(compact.revision());
      compact.answer().complete(new CommitResult(true, revisions.head(), List.of()));
    } catch (SQLException e) {
      compact.answer().completeExceptionally(failure(e));
    } catch (RuntimeException | Error e) {
      compact.answer().completeExceptionally(e);
    }
  }

  private boolean purgePending() {
    return purged < revisions.compacted() && broken == null;
  }

  private void purgeStep() {
    if (!purgePending()) {
      return;
    }
    long to = Math.min(purged + PURGE_REVISIONS, revisions.compacted());
    try {
      tables.transact(() -> tables.purge(purged, to));
      purged = to;
    } catch (SQLException e) {
      // What is compacted stays hidden; the rows are removed after the next compaction or opening.
      log.warn("old rows of {} stay for now: {}", file, e.getMessage());
      purged = revisions.compacted();
    }
  }

  /** Says why, and stops all writing if SQLite has kept what it said it has not. */
  private StoreException failure(SQLException cause) {
    StoreException described = SqliteErrors.describe(file, cause);
    try {
      if (tables.newestRevision() != revisions.head()) {
        broken = new StoreException("the store %s must be opened again".formatted(file), described);
      }
    } catch (SQLException e) {
      described.addSuppressed(e);
    }
    return described;
  }

  private void refuseIfBroken() {
    if (broken != null) {
      throw broken;
    }
  }

  private static void fail(List<Commit> commits, Throwable cause) {
    for (Commit commit : commits) {
      commit.answer().completeExceptionally(cause);
    }
  }
}
