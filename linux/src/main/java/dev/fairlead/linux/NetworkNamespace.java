package dev.fairlead.linux;

import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * A Linux network namespace, held by an open descriptor of this process, so that it lives as long
 * as this object (or any process in it) and needs no name under {@code /run/netns}.
 *
 * <p>{@link #call} runs code on a platform thread that stays inside the namespace: sockets opened
 * there belong to the namespace for ever, whoever uses them later, and child processes started
 * there are born in it. {@code setns} never happens on the caller's own thread.
 */
public interface NetworkNamespace extends AutoCloseable {

  /** A name for messages, for example {@code node-1}. */
  String name();

  /** The descriptor's number in this process: others enter by {@code /proc/<pid>/fd/<number>}. */
  int descriptor();

  /** Runs code inside the namespace and returns its result; its exceptions come through. */
  <T> T call(Callable<T> code) throws IOException;

  /** Links and routes of this namespace. */
  Links links();

  /** Closes the descriptor; the kernel removes the namespace when nothing else is in it. */
  @Override
  void close();
}
