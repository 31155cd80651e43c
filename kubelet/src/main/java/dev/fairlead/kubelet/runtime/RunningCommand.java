package dev.fairlead.kubelet.runtime;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * A command that someone is connected to. Its streams block platform threads: do not use them from
 * virtual ones.
 */
public interface RunningCommand {

  /** Its standard input, or its terminal. */
  OutputStream stdin();

  /** What it prints; with a terminal, everything. */
  InputStream stdout();

  /** What it prints on standard error; empty with a terminal. */
  InputStream stderr();

  /** Tells its terminal a new size; does nothing when it has none. */
  void resize(int columns, int rows);

  /** Completes with its exit code: 128 plus the signal when one killed it. */
  CompletableFuture<Integer> exit();

  /** Gives up the connection; a command that was started for it is killed. May be repeated. */
  void close();
}
