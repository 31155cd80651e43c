package dev.fairlead.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The cluster's process, seen from the command line: start it and follow its progress, stop it.
 *
 * <p>While it starts it tells its progress on its standard output, a line each: {@code step TEXT},
 * then {@code ready} or {@code failed WHY}.
 *
 * @param dist the folder of the built program
 */
public record DaemonProcess(StateDirectory state, Path dist) {
  private static final int STOP_SECONDS_MAX = 60;

  // A start touches the whole young generation once; of the JVM's own choice for it, an idle
  // cluster would keep 25 MiB more.
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx512m",
          "-XX:NewSize=64m",
          "-Xss512k",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xlog:disable");

  /**
   * Starts the process and returns when the cluster is ready.
   *
   * @throws Failure with the process's own reason when it cannot start
   */
  public void start(List<String> arguments, PrintStream progress) throws IOException {
    state.create();
    ProcessBuilder builder = new ProcessBuilder(command(arguments));
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(state.log().toFile()));
    builder.directory(state.root().toFile());
    builder.environment().put("FAIRLEAD_HOME", state.root().toString());
    builder.environment().put("FAIRLEAD_DIST", dist.toString());
    Process process = builder.start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      follow(lines, progress);
    }
  }

  private void follow(BufferedReader lines, PrintStream progress) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("ready")) {
        return;
      }
      if (line.startsWith("failed ")) {
        throw new Failure(line.substring("failed ".length()));
      }
      if (line.startsWith("step ")) {
        progress.println("  " + line.substring("step ".length()));
      }
    }
    throw new Failure("the cluster's process ended while it started; see " + state.log());
  }

  private List<String> command(List<String> arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of("setsid", java));
    command.add("@" + dist.resolve("jvm.options"));
    command.addAll(JVM_OPTIONS);
    Path cache = dist.resolve("fairlead.aot");
    if (Files.exists(cache)) {
      command.add("-XX:AOTCache=" + cache);
    }
    command.addAll(List.of("-cp", dist.resolve("lib/fairlead.jar").toString()));
    command.addAll(List.of("dev.fairlead.cli.Main", "daemon"));
    command.addAll(arguments);
    return command;
  }

  /**
   * Stops the process, if it runs.
   *
   * @return whether it ran
   * @throws Failure when it does not end in time
   */
  public boolean stop() throws IOException, InterruptedException {
    Optional<ProcessHandle> process = running();
    if (process.isEmpty()) {
      return false;
    }
    process.get().destroy();
    try {
      process.get().onExit().get(STOP_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new Failure(
          "the cluster's process (pid %d) does not end; see %s, or kill it and run down again"
              .formatted(process.get().pid(), state.log()));
    }
    return true;
  }

  /** Whether the process runs, ready or not. */
  public boolean isRunning() {
    return running().isPresent();
  }

  /** Among all processes: one that has just been started has not written its id down yet. */
  private Optional<ProcessHandle> running() {
    return ProcessHandle.allProcesses().filter(this::isOurs).findFirst();
  }

  /** The daemon carries our marker. */
  private boolean isOurs(ProcessHandle process) {
    try {
      String environment =
          Files.readString(
              Path.of("/proc", String.valueOf(process.pid()), "environ"),
              StandardCharsets.ISO_8859_1);
      String command =
          Files.readString(
              Path.of("/proc", String.valueOf(process.pid()), "cmdline"),
              StandardCharsets.ISO_8859_1);
      return ("\0" + environment).contains("\0FAIRLEAD_HOME=" + state.root() + "\0")
          && command.contains("dev.fairlead.cli.Main\0daemon");
    } catch (IOException e) {
      return false; // it ended while we looked
    }
  }
}
