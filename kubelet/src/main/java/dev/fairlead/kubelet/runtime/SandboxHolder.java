package dev.fairlead.kubelet.runtime;

import dev.fairlead.kubelet.runtime.SandboxSpec.Processes;
import dev.fairlead.linux.NetworkNamespace;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Starts the process that holds a pod's namespaces: born in the pod's network namespace, it makes
 * the mount, UTS and IPC namespaces, puts the pod's files over those in {@code /etc}, and waits.
 */
final class SandboxHolder {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

  /** $1: host name, $2: the pod's directory. Says "ready" when all is in place. */
  private static final String HOLD =
      """
      set -e
      printf %s "$1" > /proc/sys/kernel/hostname
      for f in resolv.conf hosts hostname; do
        if [ -f "$2/etc/$f" ] && [ -e "/etc/$f" ]; then
          mount --bind "$2/etc/$f" "$(readlink -f "/etc/$f")"
        fi
      done
      echo ready
      # The first process of a pod that shares its processes: others end up as its children.
      if [ $$ = 1 ]; then sleep infinity & wait; fi
      exec sleep infinity
      """;

  private SandboxHolder() {}

  /**
   * Starts it and waits until all is in place.
   *
   * @param marks by which it is found after a crash
   * @throws IOException with what it said; then nothing is left
   */
  static Process start(SandboxSpec spec, NetworkNamespace network, Map<String, String> marks)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--uts"));
    if (!spec.hostIpc()) {
      command.add("--ipc");
    }
    if (spec.processes() == Processes.OF_POD) {
      command.addAll(List.of("--pid", "--fork", "--kill-child"));
    }
    command.addAll(List.of("--propagation", "slave", "--", "/bin/sh", "-c", HOLD, "fairlead-pod"));
    command.addAll(List.of(spec.hostname(), spec.directory().toString()));
    Process holder =
        network.call(() -> {
          ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
          builder.environment().keySet().retainAll(List.of("PATH"));
          builder.environment().putAll(marks);
          return builder.start();
        });
    try {
      awaitReady(holder);
      return holder;
    } catch (IOException | RuntimeException e) {
      holder.destroyForcibly();
      throw e;
    }
  }

  private static void awaitReady(Process holder) throws IOException {
    holder.getOutputStream().close();
    CompletableFuture<Void> guard =
        CompletableFuture.runAsync(
            holder::destroyForcibly,
            CompletableFuture.delayedExecutor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS));
    InputStream out = holder.getInputStream();
    StringBuilder said = new StringBuilder();
    int each;
    while ((each = out.read()) >= 0) {
      if (each != '\n') {
        said.append((char) each);
      } else if (said.toString().equals("ready")) {
        guard.cancel(false);
        return;
      } else {
        said.append(' ');
      }
    }
    guard.cancel(false);
    throw new IOException("cannot make the pod's sandbox: " + said.toString().strip());
  }
}
