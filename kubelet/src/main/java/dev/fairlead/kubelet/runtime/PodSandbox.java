package dev.fairlead.kubelet.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** The namespaces that the containers of one pod share. */
public interface PodSandbox {

  /** The process that holds the namespaces open: others enter through it; 0 when there is none. */
  long pid();

  /** Starts a container. */
  ContainerProcess start(ContainerSpec spec) throws ContainerStartException, IOException;

  /**
   * Runs a command beside a container and waits for it.
   *
   * @param timeout after which it is killed
   * @throws java.util.concurrent.TimeoutException when it took longer
   */
  ExecResult exec(ContainerSpec container, List<String> command, Duration timeout)
      throws IOException, InterruptedException, java.util.concurrent.TimeoutException;

  /**
   * Starts a command beside a container for someone who is connected to it.
   *
   * @param terminal whether it gets a terminal of its own
   * @throws ContainerStartException when there is no such program
   */
  RunningCommand open(ContainerSpec container, List<String> command, boolean terminal)
      throws ContainerStartException, IOException;

  /**
   * Runs code that sees the pod's files and may mount, for all containers that start later. It
   * should be short.
   */
  <T> T call(Callable<T> code) throws IOException;

  /** Runs {@code action} once when the sandbox has died by itself. */
  void onDeath(Runnable action);

  /**
   * Kills every process in the sandbox and gives up what it held. Never throws; may be repeated.
   */
  void destroy();

  /**
   * What a command said.
   *
   * @param output both streams, cut at 10 KiB
   */
  record ExecResult(int exitCode, String output) {}
}
