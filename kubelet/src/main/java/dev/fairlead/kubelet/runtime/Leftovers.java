package dev.fairlead.kubelet.runtime;

import dev.fairlead.kubelet.cgroup.Cgroups;
import dev.fairlead.linux.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds and kills what pods of a crashed run left behind. */
public final class Leftovers {
  /** Says to which pod a process belongs. */
  public static final String POD_UID = "FAIRLEAD_POD_UID";

  /** Says to which container a process belongs. */
  public static final String CONTAINER = "FAIRLEAD_CONTAINER";

  /** Says to which state directory a process belongs. */
  public static final String STATE = "FAIRLEAD_STATE";

  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);
  private static final int ROUNDS_MAX = 500;
  private static final long ROUND_NANOS = 4_000_000;

  private Leftovers() {}

  /**
   * Kills (SIGKILL) every process that a kubelet with exactly this state directory started, and
   * every process that shares a UTS namespace with one of those, as all of a pod do. Network
   * namespaces, links and mounts of the pods go with them; their control groups are removed.
   *
   * @return how many processes were found
   * @throws IOException when one may not be killed or does not die
   */
  public static int kill(Path stateDirectory) throws IOException {
    String mark = STATE + "=" + stateDirectory.toAbsolutePath().normalize();
    Set<String> pods = new HashSet<>();
    String own = ProcFs.namespace(ProcessHandle.current().pid(), "uts");
    int killed =
        killAll(pid -> {
          String pod = ProcFs.namespace(pid, "uts");
          if (marked(pid, mark)) {
            if (!pod.isEmpty() && !pod.equals(own)) {
              pods.add(pod);
            }
            return true;
          }
          return pods.contains(pod);
        });
    Cgroups.of(stateDirectory).removeAll();
    return killed;
  }

  private static boolean marked(long pid, String mark) {
    List<String> environment =
        Arrays.asList(new String(ProcFs.environment(pid), StandardCharsets.UTF_8).split("\0", -1));
    return environment.contains(mark)
        && environment.stream().anyMatch(each -> each.startsWith(POD_UID + "="));
  }

  /** Kills every process that matches, again and again until none is left. */
  static int killAll(Predicate<Long> which) throws IOException {
    Set<Long> found = new HashSet<>();
    for (int round = 0; round < ROUNDS_MAX; round++) {
      List<Long> alive = ProcFs.processes().stream().filter(which).toList();
      if (alive.isEmpty()) {
        return found.size();
      }
      for (long pid : alive) {
        if (found.add(pid)) {
          log.debug("killing process {}", pid);
        }
        boolean _ = Processes.kill((int) pid, Processes.SIGKILL);
      }
      LockSupport.parkNanos(ROUND_NANOS);
    }
    throw new IOException("processes do not die: " + found);
  }
}
