package dev.fairlead.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DaemonProcessTest {
  @TempDir Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void onlyTheDaemonOfTheStateIsStopped_thoughItHasWrittenNothingYet() throws Exception {
    Process other = start("other", "daemon");
    Process client = start("state", "up");
    assertThat(stop()).isFalse();
    Process daemon = start("state", "daemon");
    assertThat(stop()).isTrue();
    assertThat(daemon.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(other.isAlive()).isTrue();
    assertThat(client.isAlive()).isTrue();
    assertThat(stop()).isFalse();
  }

  private boolean stop() throws IOException, InterruptedException {
    return new DaemonProcess(new StateDirectory(folder.resolve("state")), folder).stop();
  }

  /** Looks like one of our programs, and waits for input that never comes. */
  private Process start(String state, String command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh", "-c", "echo started; read -r _", "java", "dev.fairlead.cli.Main", command);
    builder.environment().put("FAIRLEAD_HOME", folder.resolve(state).toString());
    Process process = builder.start();
    processes.add(process);
    assertThat(process.inputReader().readLine()).isEqualTo("started");
    return process;
  }
}
