package dev.fairlead.linux;

import java.util.List;
import java.util.Map;

/** The few things about processes that the JDK does not offer. */
public final class Processes {
  public static final int SIGHUP = 1;
  public static final int SIGINT = 2;
  public static final int SIGQUIT = 3;
  public static final int SIGKILL = 9;
  public static final int SIGTERM = 15;

  private Processes() {}

  /**
   * Replaces this process by another program ({@code execvpe(3)}); the program is looked up in this
   * process's PATH. Shutdown hooks do not run, and only standard descriptors stay open.
   *
   * @throws LinkException when the program cannot be started; otherwise this does not return
   */
  public static LinkException replace(List<String> command, Map<String, String> environment)
      throws LinkException {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("no command");
    }
    String[] variables =
        environment.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toArray(String[]::new);
    int result = Libc.execvpe(command.getFirst(), command.toArray(String[]::new), variables);
    throw new LinkException("run " + command.getFirst(), -result);
  }

  /**
   * Sends a signal ({@code kill(2)}).
   *
   * @param pid a process, or a negated process group
   * @return false when there is no such process
   * @throws LinkException when it may not be signalled
   */
  public static boolean kill(int pid, int signal) throws LinkException {
    if (pid == 0 || pid == -1) {
      throw new IllegalArgumentException("kill " + pid + " would reach more than one's own");
    }
    int result = Libc.kill(pid, signal);
    if (result == -Errno.ESRCH) {
      return false;
    }
    if (result < 0) {
      throw new LinkException("send signal %d to process %d".formatted(signal, pid), -result);
    }
    return true;
  }
}
